"""How the shipped laws are tried on what is broken: whether hypothesis finds something, and what strategies draw."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from docflow.testing.laws import ENOUGH

WITH_ENOUGH_EXAMPLES = pytest.mark.skipif(
    settings().max_examples < ENOUGH,
    reason=f"a law that met nothing complains after {ENOUGH} examples, and this profile draws fewer",
)

# Only whether something is found is asked: nothing is shrunk, and every run draws the same.
SURVEY = settings(
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=500,
    suppress_health_check=list(HealthCheck),
)


def laws_of(kind):
    return {name for name in vars(kind) if name.startswith("test_")}


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


def kinds(strategy, kind_of, examples=500):
    """Every kind of value that a strategy gives in a few hundred draws."""
    seen = set()

    @settings(SURVEY, max_examples=examples)
    @given(value=strategy)
    def draw(value):
        seen.update(kind_of(value))

    draw()
    return seen
