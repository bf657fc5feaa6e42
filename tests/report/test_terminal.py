"""The report in a terminal: one language, a summary first, and no figure or name lost at any width."""

import sys
from collections import Counter
from importlib import import_module
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from small_report import HOSTILE, file_with_faults, report

import docflow.report
from docflow.bangkok import PLAN_2563, year_end
from docflow.registry.columns import wide
from docflow.report import (
    ENGLISH,
    THAI,
    Column,
    Grid,
    Report,
    Row,
    Verdict,
    Voice,
    markdown,
    report_console,
    terminal,
    typeset,
)
from docflow.report import shown as shown_sections
from docflow.safe import visible

THAI_LETTERS = range(0x0E00, 0x0E80)


def shown(found, voice=ENGLISH, width=80, **how):
    out = StringIO()
    Console(width=width, file=out, **how).print(terminal(found, voice))
    return out.getvalue()


def whole(found, voice=ENGLISH, width=80):
    out = StringIO()
    Console(width=width, file=out).print(terminal(found, voice, whole=True))
    return out.getvalue()


def lines(text):
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def set_in(grid, width, voice=ENGLISH):
    return ["".join(text for text, *_ in line) for line in typeset.table(grid, voice, width)]


def test_the_summary_is_the_answer_the_facts_and_the_table_of_all_indicators():
    assert lines(shown(report())) == [
        "our plan",
        "two of three are met",
        "• indicator 1.5 English quiet",
        "! a file is missing",
        "Indicators",
        "no. indicator result verdict",
        "----- ------------------------------- --------- ---------",
        "Strategy",
        "1.5 Success in developing personnel 14.37 min ✕ not met",
        "1.5 a English quiet 14.37 min ✕ not met",
        "----- ------------------------------- --------- ---------",
        "all 14.37 min ✕ not met",
        "a note",
    ]


def test_all_of_it_has_formulas_bins_pictures_numbers_and_what_is_folded():
    told = lines(whole(report()))
    assert told[told.index("Indicator 1.5") :] == [
        "Indicator 1.5",
        "In detail",
        "a / b",
        "17 / 4 = 4.25 ≤ 12: ✓ met",
        "counted 1,234 · late 5",
        "slow in November",
        "minutes",
        "month mean",
        "------- -----",
        "2019-11 19.79",
        "readings",
        "English quiet",
    ]


@pytest.mark.parametrize("how", [shown, whole])
def test_one_language_stays_one_language(how):
    thai, english = (how(report(""), voice) for voice in (THAI, ENGLISH))
    assert not any(ord(mark) in THAI_LETTERS for mark in english)
    words = {word for line in lines(thai.replace("--all", "")) for word in line.split() if word.isascii()}
    assert not any(mark.isalpha() for word in words - {"min", "a"} for mark in word), "a unit and a number of the data"


def test_thai_digits_are_written_where_they_are_asked_for():
    told = shown(report(), Voice("th", digits="thai"))
    assert "๑๔.๓๗" in told
    assert not any(mark in "0123456789" for mark in told)


def test_faults_are_counts_unless_all_is_asked_for():
    found = report(**{"a.csv": file_with_faults(2, 2, 3), "b.csv": file_with_faults(), "c.csv": file_with_faults(4)})
    assert "! rows left out: 3, cells to check: 2, files: 2" in lines(shown(found))
    assert "left out" not in shown(report())
    assert "! no file c.csv, d.csv" in lines(shown(report(missing=("c.csv", "d.csv"))))
    assert "left out" not in whole(found), "all of it lists them, as the report has them"


@pytest.mark.parametrize("word", HOSTILE)
@pytest.mark.parametrize("how", [shown, whole])
def test_a_hostile_text_steers_nothing_and_is_shown_as_it_stands(word, how):
    told = how(report(word))
    assert not {"\x1b", "\x07", "\u202e", "\u2066"} & set(told)
    joined = "".join(told.split())
    for part in word.split("\n"):
        assert "".join(visible(part).split()) in joined
    assert max(map(wide, told.splitlines())) <= 80


def test_verdicts_have_colours_where_a_terminal_has_them():
    told = shown(report(), force_terminal=True, color_system="standard", legacy_windows=False)
    assert "\x1b[31m✕ not met" in told.replace("\x1b[31m  ✕", "\x1b[31m✕")


@pytest.mark.parametrize("voice", [THAI, ENGLISH])
def test_no_title_is_squeezed_in_eighty_columns(voice):
    columns = ("no.", Column("title", words=True), "result", "target", "verdict", "records")
    rows = [
        Row((one.number, one.title, "14.37 min", "≥ 100", Verdict(met=True), "2,129/2,516 +38"))
        for whole_one in PLAN_2563.indicators
        for one in whole_one
    ]
    grid = Grid(tuple(one if isinstance(one, Column) else Column(one) for one in columns), tuple(rows), wide=True)
    told = set_in(grid, 80, voice)
    assert max(map(wide, told)) <= 80
    assert len(told[1].split()[1]) >= 28
    assert sum(line.startswith("no.") for line in told) == 1, "it is one table"


TEXTS = st.text("กำี่นเ ab1.,✓\u200b", max_size=12)


@given(rows=st.lists(st.lists(TEXTS, min_size=4, max_size=4), max_size=4), words=st.sets(st.integers(0, 3)))
def test_a_table_loses_no_letter_and_is_no_wider_than_asked(rows, words):
    columns = tuple(Column(f"h{n}", words=n in words) for n in range(4))
    told = set_in(Grid(columns, tuple(Row(tuple(cells)) for cells in rows)), 80)
    assert max(map(wide, told)) <= 80
    found = Counter("".join("".join(told[2:]).split()).replace("\u200b", ""))
    assert found == Counter("".join("".join(map("".join, rows)).split()).replace("\u200b", ""))


@given(n=st.integers(1, 40), width=st.integers(20, 120))
def test_a_table_that_is_too_wide_is_told_in_several_each_with_the_first_column(n, width):
    cells = [f"{place:,}.00" for place in range(1000, 1000 + n)]
    grid = Grid(tuple(Column(f"c{place}") for place in range(n + 1)), (Row(("first", *cells)),))
    told = set_in(grid, width)
    assert max(map(wide, told)) <= width
    assert [word for line in told for word in line.split() if "." in word] == cells
    assert sum(line.startswith("first") for line in told) == sum(line.startswith("c0") for line in told)


@pytest.mark.parametrize("columns", ["²", "0", "-5", "", "x", "99999999999"])
def test_a_terminal_may_call_its_width_what_it_likes(columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    assert 80 <= report_console().width <= 400


def test_a_voice_may_be_given_by_its_language():
    assert shown(report(), "en") == shown(report(), ENGLISH)
    assert shown(report(), "th") == shown(report(), THAI)
    for wrong in ("fr", None, 1):
        with pytest.raises(TypeError, match=r'is no language; give "th" or "en"'):
            terminal(report(), wrong)


def empty():
    return Report(result=PLAN_2563.evaluate({}, as_of=year_end(PLAN_2563.clock, PLAN_2563.year)))


@pytest.mark.parametrize(("voice", "words"), [(THAI, "ยังไม่มีค่า"), (ENGLISH, "no value yet")])
def test_a_formula_without_a_value_says_that_alone(voice, words):
    told = lines(whole(empty(), voice))
    assert words in told
    assert not any(f"– {words}" in line and ":" in line for line in told)


@pytest.mark.parametrize(
    ("voice", "note"),
    [
        (THAI, "รายการ: ที่นับ / ที่รู้ผลแล้ว +ที่ยังไม่รู้ผล"),
        (ENGLISH, "records: counted / of which it is known +still open"),
    ],
)
@pytest.mark.parametrize("how", [shown, whole])
def test_below_the_table_of_all_indicators_stands_what_its_records_are(voice, note, how):
    told = lines(how(empty(), voice))
    assert told.count(note) == 1


def test_a_function_is_never_taken_for_the_module_of_its_name():
    for name in ("markdown", "page", "terminal", "workbook"):
        module = import_module(f"docflow.report.{name}")
        assert getattr(docflow.report, name) is getattr(module, name)


def test_without_rich_a_report_is_made_and_a_terminal_says_what_to_install(monkeypatch):
    monkeypatch.delitem(sys.modules, "docflow.report.rich_sections", raising=False)
    monkeypatch.delattr(docflow.report, "rich_sections", raising=False)
    monkeypatch.setitem(sys.modules, "rich.console", None)
    assert markdown(report(), "en")
    for ask in (report_console, lambda: terminal(report(), "en"), lambda: shown_sections([], "en")):
        with pytest.raises(ModuleNotFoundError, match="terminal need rich; install it with: pip install"):
            ask()
