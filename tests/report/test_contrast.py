"""Contrast by the figures that W3C gives, and colours as browsers write them."""

import pytest
from contrast import colour, ratio, seen
from hypothesis import given
from hypothesis import strategies as st

BLACK, WHITE = (0, 0, 0), (255, 255, 255)
COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


def test_ratios_are_those_that_w3c_gives():
    assert ratio(BLACK, WHITE) == pytest.approx(21), "WCAG 2.2, contrast ratio: from 1 to 21"
    assert round(ratio((0x33, 0x66, 0xCC), BLACK), 1) == 3.9, "technique G183, example 2"


def test_a_ratio_is_not_rounded_up_to_what_is_asked():
    assert ratio((0x77, 0x77, 0x77), WHITE) < 4.5 < ratio((0x76, 0x76, 0x76), WHITE)


@given(COLOURS, COLOURS)
def test_a_ratio_is_the_same_both_ways_from_1_to_21(one, other):
    assert 1 <= ratio(one, other) == ratio(other, one) <= 21 + 1e-9
    assert (ratio(one, other) == 1) is (one == other) or one != other


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("rgb(23, 33, 43)", ((23, 33, 43), 1)),
        ("rgba(0, 105, 92, 0.5)", ((0, 105, 92), 0.5)),
        ("color(srgb 1 0.5 0)", ((255, 127.5, 0), 1)),
        ("color(srgb 1 0 0 / 0.25)", ((255, 0, 0), 0.25)),
    ],
)
def test_a_colour_is_read_as_a_browser_says_it(said, meant):
    assert colour(said) == meant


def test_a_colour_in_a_space_that_is_not_read_is_refused():
    with pytest.raises(ValueError, match="is in no space that is read here"):
        colour("color(display-p3 1 0 0)")


def test_what_lies_below_shines_through():
    assert seen([(BLACK, 1), (WHITE, 0.5)]) == (127.5, 127.5, 127.5)
    assert seen([(BLACK, 0)]) == WHITE
