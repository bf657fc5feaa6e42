"""Words as they are compared: what stands in a text is found there, whatever stands around it."""

from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st
from offices import PIECES

from docflow.store.words import folded, words_of

SOME = st.lists(st.sampled_from(PIECES)).map("".join)


@given(SOME, SOME, SOME)
def test_what_stands_in_a_text_stands_in_it_as_it_is_compared(before, part, after):
    assert folded(part) in folded(before + part + after)


@given(st.text() | SOME)
def test_a_text_that_is_compared_stays_as_it_is(text):
    once = folded(text)
    assert folded(once) == once


@given(st.text() | SOME, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_every_form_of_unicode_is_compared_alike(text, form):
    assert folded(normalize(form, text)) == folded(text)


@given(SOME)
def test_digits_and_capitals_make_no_difference(text):
    other = text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    assert folded(other) == folded(text) == folded(other.upper()) == folded(text.translate(str.maketrans("012", "๐๑๒")))


def test_marks_without_width_and_two_ways_to_type_a_sign_make_no_difference():
    assert folded("กรุง\u200bเทพ") == "กรุงเทพ"
    assert folded("เเม่น\u0e4d\u0e49\u0e32") == folded("แม่น\u0e49\u0e33") == "แม่น\u0e49\u0e4d\u0e32"
    assert folded("แม่") != folded("แม")


def test_words_stand_between_blanks_of_any_kind_each_once():
    assert words_of(" a\u00a0b\u3000A\n๑๒\t12 ") == ("a", "b", "12")
