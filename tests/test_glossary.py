"""The glossary is one book read from both ends, and its words are those that the reports use."""

import re
from importlib import import_module

import pytest
from scripts import ROOT

from docflow.bangkok import title
from docflow.kpi.words import BINS

PAGE = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
ROOMS = ("worktime", "letters", "registry", "kpi", "workplans", "files", "store", "tables", "report", "thai", "bangkok")


def table(heading):
    """The rows below a heading, without the first two, which are the table's own."""
    part = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def words(cell):
    return cell.split(", ")


ENGLISH = {word: words(thai) for english, thai, _ in table("English to Thai") for word in words(english)}
THAI = {thai: words(english) for thai, english, _ in table("Thai to English")}


def order(word):
    """As a Thai dictionary sorts: a vowel that is written before its consonant counts after it, marks of tone last."""
    return re.sub(r"[็-๎]", "", re.sub(r"([เ-ไ])([ก-ฮ])", r"\2\1", word))


def test_every_word_is_found_from_either_language():
    assert ENGLISH.keys() == {word for english in THAI.values() for word in english}
    assert THAI.keys() == {word for thai in ENGLISH.values() for word in thai}
    assert all(word in ENGLISH and thai in ENGLISH[word] for thai, english in THAI.items() for word in english)


def test_both_halves_are_sorted_and_say_each_word_once():
    for rows, key in ((table("English to Thai"), str.lower), (table("Thai to English"), order)):
        heads = [row[0] for row in rows]
        assert heads == sorted(heads, key=key)
        assert len(set(heads)) == len(heads)
        assert all(all(row) for row in rows)


@pytest.mark.parametrize(("place", "thai"), BINS.items(), ids=str)
def test_a_bin_is_called_as_reports_call_it(place, thai):
    assert thai.th in ENGLISH[place]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("hand over", "hand_over"),
        ("order", "order"),
        ("screen", "screen"),
        ("send back", "send_back"),
        ("submit", "submit"),
        ("summarise", "summarize"),
        ("external letter", "incoming external letter"),
        ("internal letter", "internal letter"),
        ("complaint", "complaint"),
    ],
)
def test_a_step_is_called_as_the_office_calls_it(word, name):
    assert title(name, "th") in ENGLISH[word]


def test_every_name_in_code_is_a_public_one():
    public = {name for room in ROOMS for name in import_module(f"docflow.{room}").__all__}
    cells = " ".join(row[2] for row in table("English to Thai"))
    named = {name for code in re.findall(r"`([^`]+)`", cells) for name in re.findall(r"\b[A-Z]\w+\b", code)}
    assert len(named) > 30
    assert named - {"True"} <= public
