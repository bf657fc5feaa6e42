"""How the shipped laws are tried on what is broken: whether hypothesis finds something, and what strategies draw."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from docflow.testing.laws import ENOUGH

WITH_ENOUGH_EXAMPLES = pytest.mark.skipif(
    settings().max_examples < ENOUGH,
    reason=f"a law that met nothing complains after {ENOUGH} examples, and this profile draws fewer",
)

# Only whether something is found is asked: nothing is shrunk, and every run draws the same.
FEWEST = 100
SURVEY = settings(
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=500,
    suppress_health_check=list(HealthCheck),
)


def laws_of(kind):
    return {name for name in dir(kind) if name.startswith("test_")}


def search(laws, name, examples=500):
    test = getattr(type(laws), name).hypothesis.inner_test

    @settings(
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        max_examples=examples,
    )
    @given(data=st.data())
    def run(data):
        test(laws, data)

    run()


def found_first(monkeypatch, laws):
    """Laws that end at the first example that breaks them, for when only what they say of it is asked."""
    for name in laws_of(laws):
        test = getattr(laws, name).__wrapped__
        usual = test._hypothesis_internal_use_settings
        once = settings(usual, phases=[Phase.generate], database=None)
        monkeypatch.setattr(test, "_hypothesis_internal_use_settings", once)


class _Enough(Exception):  # noqa: N818 - nothing is wrong
    """All that was looked for has been seen."""


def kinds(strategy, kind_of, wanted):
    """Every kind of value that a strategy gives in a hundred draws, or in more until all that is wanted came."""
    seen, drawn = set(), 0

    @settings(SURVEY, max_examples=1000)
    @given(value=strategy)
    def draw(value):
        nonlocal drawn
        seen.update(kind_of(value))
        drawn += 1
        if drawn >= FEWEST and seen >= wanted:
            raise _Enough

    with suppress(_Enough):
        draw()
    return seen
