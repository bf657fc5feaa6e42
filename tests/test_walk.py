"""How many modules a letter passes on its way from its row to its percentage: never more than today."""

from walk import MOST, walked


def test_a_letter_passes_no_more_modules_than_the_page_on_the_design_says():
    assert len(walked()) <= MOST
