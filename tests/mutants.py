"""For mutmut only, as a pytest plugin: few examples, and every test is run on every mutant that any test reaches.

mutmut asks which tests call a function and runs only those. What runs at import and what is cached (the table of
holidays, workalendar's days of a year) is called by whichever test comes first, so that answer is too narrow here.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "mutants", max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def pytest_sessionfinish(session):
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":
        from mutmut.state import state  # noqa: PLC0415 - only mutmut's own environment has it

        reached = state().tests_by_mangled_function_name
        for name in reached:
            reached[name] |= {item.nodeid for item in session.items}
