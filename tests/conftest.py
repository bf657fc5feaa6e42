"""Hypothesis profiles, and the mark of examples that search.

Without an option `quick` is used, which is enough while one works. `--hypothesis-profile=ci`, or HYPOTHESIS_PROFILE=ci
in the environment, is what has to hold before anything is merged; `proofs` is for the proofs that laws find what is
broken, and `deep` searches for as long as a night.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

for name, examples in (("quick", 30), ("ci", 50), ("proofs", 100), ("deep", 5_000)):
    settings.register_profile(name, max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


LONG = ("laws", "meta", "scripts", "long")


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their marks
def pytest_collection_modifyitems(items):
    """The examples in the shipped laws search too; `quick` is what has none of the marks of long tests."""
    for item in items:
        if item.nodeid.startswith("docflow/testing/"):
            item.add_marker(pytest.mark.laws)
        if not any(item.get_closest_marker(mark) for mark in LONG):
            item.add_marker(pytest.mark.quick)
