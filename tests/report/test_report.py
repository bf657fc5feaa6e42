"""A report on a small plan: figures for machines, sections for people, and what is no part of one is refused."""

import json

import pytest
from attrs import evolve
from small_indicators import NOON, OPEN, QUICK, RATE, SLOW, TIMES, WATCH, composite, indicator, plan

from docflow.errors import PlanError
from docflow.files import Fault, RegisterFile
from docflow.kpi import Count, Proportion, at_most, reached
from docflow.report import Report, faults_grid
from docflow.report.blocks import Fold, Grid, Line, Picture
from docflow.report.figures import fault_figures
from docflow.report.words import ENGLISH, THAI, Voice, several
from docflow.text import Text
from docflow.worktime import WorkingDays

TOOK = indicator("T", WATCH, target=at_most(12))
PASSED = Proportion("N", start=reached("came"), stop=reached("went"))
MIXED = {"share": WATCH.within(WorkingDays(3)), "mean": WATCH, "times": Count(PASSED)}


def report(*indicators, records=(QUICK, SLOW, OPEN), **more):
    return Report(result=plan(*indicators).evaluate({"letters": records}, as_of=NOON), **more)


def section(found, anchor):
    return next(one for one in found.sections() if one.anchor == anchor)


def table(found):
    return next(block for block in section(found, "glance").blocks if isinstance(block, Grid))


def said(cell):
    return cell if isinstance(cell, str) else getattr(cell, "words", cell).en


def test_what_is_counted_stands_beside_all_of_which_it_is_known_and_what_is_still_open():
    rows = {row.cells[0]: row.cells[-1] for row in table(report(RATE, TOOK, TIMES)).rows}
    assert rows == {"A": "1/2 +1", "T": "2 +1", "N": "2/3"}, "50 % is 1 of 2"


def test_a_value_without_a_target_has_no_verdict_and_one_of_which_nobody_knows_yet_has():
    free, set_ = indicator("F", RATE.measure), indicator("G", RATE.measure, target=at_most(12))
    rows = [[said(cell) for cell in row.cells[:5]] for row in table(report(free, set_)).rows]
    assert rows == [
        ["F", "number F", "50.00 %", "–", "no target"],
        ["G", "number G", "50.00 %", "≤ 12", "not met"],
    ]
    (nothing,) = table(report(set_, records=())).rows
    assert [said(cell) for cell in nothing.cells[2:5]] == ["–", "≤ 12", "no value yet"]


def test_readings_that_measure_different_things_have_their_units():
    found = section(report(indicator("M", MIXED["share"], alternatives=MIXED)), "i-M")
    (picture,) = (one for one in found.blocks if isinstance(one, Picture) and "readings" in one.name)
    assert [said(row.cells[-1]) for row in picture.numbers.rows] == ["50.00 %", "965 min", "2 times"]


def test_figures_are_in_the_languages_that_are_asked_for():
    one = json.dumps(report(RATE, TOOK).figures(["en"]))
    both = report(RATE, TOOK).figures()["indicators"]["A"]
    assert '"th"' not in one
    assert list(both["title"]) == list(both["explanation"]) == ["th", "en"]
    assert not any("\u0e00" <= mark <= "\u0e7f" for mark in json.loads(one)["indicators"]["A"]["explanation"]["en"])


def test_figures_are_called_as_the_library_calls_them():
    one = report(indicator("A", MIXED["share"], alternatives=MIXED, owner="the desk")).figures()["indicators"]["A"]
    assert (one["owner"], one["unit"]) == ("the desk", "%")
    assert {"official", "values", "disputed"} == one["readings"].keys()


@pytest.mark.parametrize("rest", ["", "--json lists all"])
def test_a_list_that_is_cut_short_says_where_the_rest_stands_only_where_it_stands_somewhere(rest):
    faults = tuple(Fault(row, "Received", "unreadable", "is no day", "x") for row in range(2, 30))
    files = {"in.csv": RegisterFile(cases=(), faults=faults, notes=(), rows=28)}
    (fold,) = (one for one in section(report(RATE, files=files, rest=rest), "data").blocks if isinstance(one, Fold))
    assert fold.blocks[0].note.en == ("… 3 more (--json lists all)" if rest else "… 3 more")
    assert len(fold.blocks[0].rows) == 25


def test_faults_are_counts_first():
    faults = (Fault(2, "Received", "unreadable", "is no day", "x"), Fault(2, "No", "duplicate", "again", "y"))
    note = Fault(4, "Sender", "unreadable", "is no sender", "z")
    files = {"in.csv": RegisterFile(cases=(), faults=faults, notes=(note,), rows=28)}
    found = section(report(RATE, files=files, missing=("out.csv",)), "data")
    assert found.title.en == "Quality of the data: 1 of 28 rows are left out"
    missing, counts, *folds = found.blocks
    assert isinstance(missing, Line)
    assert "no file out.csv" in missing.words.en
    assert [said(cell) for cell in counts.rows[0].cells] == ["in.csv", "28", "1", "1 unreadable, 1 repeated", "1"]
    assert [type(one) for one in folds] == [Fold, Fold]


def test_a_row_left_out_names_its_letter_where_one_of_the_rows_does():
    named = Fault(2, "Received", "unreadable", "is no day", "x", number="7/2026")
    nameless = Fault("heading", "About", "unread", "is not read")
    both = faults_grid([named, nameless])
    assert [column.label for column in both.columns][:2] == [Text("แถว", "row"), Text("เลขที่", "number")]
    assert [[said(cell) for cell in row.cells[:3]] for row in both.rows] == [
        ["2", "7/2026", "Received"],
        ["heading", "–", "About"],
    ]
    assert both.rows[1].cells[0] == Text("หัวตาราง", "heading")
    assert [said(column.label) for column in faults_grid([nameless]).columns] == ["row", "column", "cell", "why"]
    assert fault_figures(named)["number"] == "7/2026"


def test_one_is_one_and_others_are_several():
    assert [several(n, "record") for n in (0, 1, 2, 1000)] == ["0 records", "1 record", "2 records", "1,000 records"]


def test_months_are_shown_as_things_stood_when_each_was_over():
    free, set_ = indicator("F", RATE.measure), indicator("G", RATE.measure, target=at_most(12))
    found = report(free, set_, months={"2020-01": report(free, set_).result})
    (grid,) = section(found, "months").blocks
    assert [row.cells for row in grid.rows] == [("F", "50.00"), ("G", "50.00 ✕")]


def test_a_moment_is_written_as_the_clock_on_the_wall_shows_it_in_either_language():
    line = report(RATE).heading.blocks[0].words
    assert line.th.endswith("ข้อมูล ณ 31 ม.ค. 2563 12.00 น.")
    assert line.en.endswith("as of 31 Jan 2020 12:00")
    paris = plan(RATE).evaluate({"letters": []}, as_of=NOON, clock=evolve(plan(RATE).clock, zone="Europe/Paris"))
    assert Report(result=paris).heading.blocks[0].words.th.endswith("06.00 น.")


def test_made_up_data_say_so():
    assert report(RATE, sample=True).heading.blocks[0].words.en.endswith("made-up sample data")
    assert "made-up" not in report(RATE).heading.blocks[0].words.en


def test_a_part_stands_below_its_whole_in_detail_too():
    found = [one.kicker.en for one in report(composite("AB", RATE, TOOK), TIMES).sections() if one.kicker.en]
    assert found[:4] == ["Indicator AB", "Indicator A", "Indicator T", "Indicator N"]


@pytest.mark.parametrize(
    ("wrong", "said"), [({"language": "fr"}, "'fr' is no language"), ({"digits": "roman"}, "'roman' are no digits")]
)
def test_what_is_no_voice_is_refused(wrong, said):
    with pytest.raises(TypeError, match=said):
        Voice(**wrong)


def test_a_voice_says_hours_days_and_times():
    assert (THAI.hour(8.5), ENGLISH.hour(24.25)) == ("08.30", "00:15")
    assert Voice("en", digits="thai").say("12") == "12"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"more": "x"}, "'x' is one; give several"),
        ({"more": ["x"]}, "'x' is no Section; give Section"),
        ({"work": [1]}, "1 is no WorkDone"),
        ({"files": ["a.csv"]}, "is no mapping by name"),
        ({"months": ["2026-01"]}, "is no mapping by name"),
        ({"months": {"2026-01": 5}}, "5 is no result of a plan"),
        ({"files": {"a.csv": 5}}, "5 is no file that was read"),
        ({"result": 3}, "3 is no result of a plan; give one"),
    ],
)
def test_what_is_no_part_of_a_report_is_refused_when_it_is_made(wrong, said):
    with pytest.raises(TypeError, match=said):
        Report(**{"result": plan(RATE).evaluate({"letters": []}, as_of=NOON)} | wrong)


def test_the_months_of_another_plan_are_refused():
    with pytest.raises(PlanError, match="2020-01: has the result of another plan, our plan; give plan.months"):
        report(RATE, months={"2020-01": plan(TIMES).evaluate({"letters": []}, as_of=NOON)})
