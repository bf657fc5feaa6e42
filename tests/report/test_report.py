"""A report on a small plan: what is counted is said, values have their units, and one language stays one language."""

import json
from io import StringIO

import pytest
from attrs import evolve
from rich.console import Console
from small_indicators import NOON, OPEN, QUICK, RATE, SLOW, TIMES, WATCH, composite, indicator, plan

from docflow.errors import PlanError
from docflow.files import Fault, RegisterFile
from docflow.kpi import Count, Proportion, at_most, reached
from docflow.report import BILINGUAL, ENGLISH, Report, page, terminal
from docflow.report.words import several
from docflow.worktime import WorkingDays

TOOK = indicator("T", WATCH, target=at_most(12))
PASSED = Proportion("N", start=reached("came"), stop=reached("went"))
MIXED = {"share": WATCH.within(WorkingDays(3)), "mean": WATCH, "times": Count(PASSED)}


def report(*indicators, voice=ENGLISH, records=(QUICK, SLOW, OPEN), **more):
    return Report(result=plan(*indicators).evaluate({"letters": records}, as_of=NOON), voice=voice, **more)


def shown(found, width=200):
    console = Console(width=width, record=True, file=StringIO())
    console.print(terminal.terminal(found))
    return [" ".join(line.split()) for line in console.export_text().splitlines() if line.strip()]


def test_what_is_counted_stands_beside_all_of_which_it_is_known_and_what_is_still_open():
    rows = shown(report(RATE, TOOK, TIMES))
    assert "A number A 50.00 % ≥ 90 ✗ 1/2 +1" in rows, "50 % is 1 of 2"
    assert next(row for row in rows if row.startswith("T ")).endswith("✗ 2 +1")
    assert "records counted / all of which it is known +those still open" in " ".join(rows)


def test_an_indicator_in_detail_has_its_months_whatever_it_measures():
    together = composite("AB", indicator("A", RATE.measure), indicator("B", PASSED))
    for one, month, whole in ((TIMES, "2020-01 2 1 2 times", "all 2 1 2 times"), (together, "2020-01", "all")):
        rows = shown(report(one, detailed=(one.number,)))
        start = next(n for n, row in enumerate(rows) if row == f"{one.number} {one.title.en}")
        assert any(row.startswith(month) for row in rows[start:])
        assert any(row.startswith(whole) for row in rows[start:])


def test_a_mean_without_a_target_has_no_column_for_it():
    rows = shown(report(evolve(TOOK, target=None), detailed=("T",)))
    assert "month records measured open mean (min)" in rows


def test_readings_that_measure_different_things_have_their_units():
    rows = shown(report(indicator("M", MIXED["share"], alternatives=MIXED), detailed=("M",)))
    said = [row for row in rows if row.split()[0] in {"★", "mean", "times"}]
    assert [row.rsplit(" ", 2)[-2:] for row in said[:3]] == [["50.00", "%"], ["965", "min"], ["2", "times"]]


def test_figures_hold_the_languages_of_the_voice():
    one = json.dumps(report(RATE, TOOK).figures())
    both = report(RATE, TOOK, voice=BILINGUAL).figures()["indicators"]["A"]
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
    late = [evolve(SLOW, number=f"{n}") for n in range(70)]
    found = report(RATE, files=files, records=late, rest=rest)
    for text in (" ".join(shown(found)), page(found)):
        assert ("--json" in text) is bool(rest)
    assert ("… 3 more (--json lists all)" if rest else "… 3 more") in shown(found)


def test_one_is_one_and_others_are_several():
    assert [several(n, "record") for n in (0, 1, 2, 1000)] == ["0 records", "1 record", "2 records", "1,000 records"]


def test_an_indicator_that_the_plan_does_not_have_is_not_shown_in_detail():
    with pytest.raises(PlanError):
        list(report(RATE, detailed=("Z",)).sections())


def test_a_long_file_is_read_in_the_language_of_the_report(tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(terminal, "LONG_FILE", 0)
    monkeypatch.setattr(terminal, "_console", lambda **_: Console(force_terminal=True))
    monkeypatch.setattr(terminal, "track", lambda rows, description, **_: told.append(description) or rows)
    (tmp_path / "in.csv").write_text("No\n1\n", encoding="utf-8")
    for voice in (ENGLISH, BILINGUAL):
        assert list(terminal.tracker(tmp_path / "in.csv", voice)([1])) == [1]
    assert told == ["reading", "อ่านแฟ้ม"]


def test_a_value_without_a_target_has_no_mark_and_one_of_which_nobody_knows_yet_has():
    free, set_ = indicator("F", RATE.measure), indicator("G", RATE.measure, target=at_most(12))
    found = report(free, set_, months={"2020-01": report(free, set_).result})
    rows = [row for row in shown(found) if row.startswith(("F ", "G "))]
    assert rows == ["F number F 50.00 % 1/2 +1", "G number G 50.00 % ≤ 12 ✗ 1/2 +1", "F 50.00", "G 50.00 ✗"]
    nothing = [row for row in shown(report(set_, records=())) if row.startswith("G ")]
    assert nothing == ["G number G – ≤ 12 – 0/0"]


def test_words_in_two_languages_stand_below_each_other():
    found = report(evolve(RATE, target=None), detailed=("A",), voice=BILINGUAL)
    rows = shown(found)
    assert rows[rows.index("ทันเวลา × 100 / ทั้งหมด") + 1] == "in time × 100 / all"
    assert '<p class="soft">ทันเวลา × 100 / ทั้งหมด<small>in time × 100 / all</small></p>' in page(found)


def test_a_moment_is_written_as_the_clock_on_the_wall_shows_it_in_either_language():
    assert any(row.endswith("12.00 น.") for row in shown(report(RATE, voice=BILINGUAL)))
    assert any(row.endswith("12:00") for row in shown(report(RATE, voice=ENGLISH)))
    paris = plan(RATE).evaluate({"letters": []}, as_of=NOON, clock=evolve(plan(RATE).clock, zone="Europe/Paris"))
    assert any(row.endswith("06.00 น.") for row in shown(Report(result=paris)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"voice": "en"}, "'en' is no voice; give ENGLISH, BILINGUAL"),
        ({"more": "x"}, "'x' is one; give several"),
        ({"more": ["x"]}, "'x' is no Section; give Section"),
        ({"work": [1]}, "1 is no WorkDone"),
        ({"detailed": "12"}, "'12' is one; give several, such as"),
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


def test_an_indicator_that_the_plan_does_not_have_is_refused_when_the_report_is_made():
    with pytest.raises(PlanError, match="has no indicator 'X'"):
        report(RATE, detailed=["X"])
