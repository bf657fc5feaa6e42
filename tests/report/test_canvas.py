"""A canvas: what is drawn is numbers and escaped words, and labels stand apart on round scales."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docflow.report.canvas import Canvas, Scale, apart, shortened, ticks, wide
from docflow.report.drawings import Spark
from docflow.report.svg import drawn
from docflow.report.words import ENGLISH, THAI

VALUES = st.floats(0, 1e6, allow_nan=False).map(lambda value: round(value, 3))


@given(VALUES, VALUES)
@example(0, 0)
@example(62.9, 91.7)
def test_ticks_cover_a_range_evenly_and_are_few(one, other):
    low, high = min(one, other), max(one, other)
    found = ticks(low, high)
    assert found[0] <= low + 1e-6
    assert found[-1] >= high - 1e-6
    assert len(found) <= 8
    steps = {round(after - before, 6) for before, after in pairwise(found)}
    assert len(steps) <= 1


@given(st.lists(st.floats(0, 200), min_size=1, max_size=5))
def test_labels_stand_apart_in_the_order_of_their_places(places):
    found = apart(places, 15)
    order = sorted(range(len(places)), key=lambda n: places[n])
    assert all(found[after] - found[before] >= 14 for before, after in pairwise(order))


@given(st.text(st.characters(codec="utf-8", categories=["L", "M", "Zs"]), max_size=200), st.floats(20, 400))
def test_shortened_words_fit_and_begin_as_the_whole(words, room):
    said = shortened(words, room)
    assert said == words or said.endswith("…")
    assert words.startswith(said.removesuffix("…").rstrip()) or said == words
    assert said == words or wide(said) <= room or said == "…"


def test_thai_marks_above_and_below_take_no_room():
    assert wide("ที่อยู่") == wide("ทอย")


def test_a_value_outside_a_scale_lies_on_its_edge():
    scale = Scale(0, 10, 100, 200)
    assert [scale(value) for value in (-5, 0, 5, 10, 99)] == [100, 100, 150, 200, 200]


@pytest.mark.parametrize("words", ['<b>"x"</b>', "a & b", "\u202eback", "\x1b[2J"])
def test_words_are_escaped_and_steer_nothing(words):
    canvas = Canvas(100, 20, ENGLISH)
    canvas.text(1, 2, words)
    said = str(canvas.svg())
    assert "<b>" not in said
    assert "\u202e" not in said
    assert "\x1b" not in said


def test_what_is_no_drawing_is_refused():
    with pytest.raises(TypeError, match="'x' is no drawing"):
        drawn("x", THAI)


def test_a_course_of_equal_values_is_a_straight_line():
    said = str(drawn(Spark((1, 1, 1), None, "x"), ENGLISH))
    assert said.count('points="5,14 66,14 127,14"') == 1
