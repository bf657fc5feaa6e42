"""What takes a case out of a measure: the cancelled states of its own workflow, unless the measure says otherwise."""

import pytest
from small_frames import table_of
from small_office import CLOCK, at, bins, trace

from docflow import Duration, Letter, Proportion, Record, Transition, Workflow, WorkingDays, reached
from docflow.bangkok.files.visits import FieldVisit
from docflow.kpi import ENDED, Count, done

DESK = Workflow(
    "desk",
    initial="received",
    transitions=(
        Transition("answer", "received", "answered"),
        Transition("withdraw", "received", "gone"),
        Transition("void", "received", "gone"),
        Transition("void", "answered", "gone"),
    ),
    final=["answered"],
    cancelled=["gone"],
)
ANSWERING = Duration("answering", start=reached("received"), stop=reached("answered"))
NOW = at("01-31 12:00")


def case(number, *steps):
    made = DESK.open(Letter(number=number), at=at("01-06 09:00"))
    for trigger, when in steps:
        made = made.apply(trigger, at=at(when))
    return made


CASES = [
    case("done", ("answer", "01-07 09:00")),
    case("open"),
    case("withdrawn", ("withdraw", "01-07 09:00")),
    case("void", ("void", "01-07 09:00")),
    case("done, then void", ("answer", "01-07 09:00"), ("void", "01-08 09:00")),
]


def read(measure, cases=CASES):
    return bins(measure.read(cases, CLOCK, as_of=NOW))


IN_TIME = ANSWERING.within(WorkingDays(2))
EVERY = Duration("each", start=reached("received"), stop=reached("answered"), every=True)


@pytest.mark.parametrize(
    "measure", [ANSWERING, IN_TIME, Count(IN_TIME), EVERY], ids=["mean", "share", "count", "every"]
)
def test_a_measure_leaves_out_what_was_cancelled_before_it_was_done(measure):
    found = read(measure)
    assert found.pop("excluded") == ["withdrawn", "void"]
    assert sorted(number for some in found.values() for number in some) == ["done", "done, then void", "open"]


def test_a_measure_may_name_other_states_or_none():
    everything = Proportion("answered", start=reached("received"), stop=reached("answered"), withdrawn_in=())
    assert read(everything) == {"counted": ["done", "done, then void"], "missed": ["open", "withdrawn", "void"]}
    answered_is_out = Duration("gone", start=reached("received"), stop=reached("gone"), withdrawn_in=["answered"])
    assert read(answered_is_out)["excluded"] == ["done"]


def test_a_state_that_the_measure_asks_for_takes_nothing_out():
    going = Duration("going", start=reached("received"), stop=reached("gone"))
    assert read(going) == {"counted": ["withdrawn", "void", "done, then void"], "unfinished": ["done", "open"]}
    afterwards = Duration("kept", start=reached("gone"), stop=reached("answered"))
    assert read(afterwards)["unfinished"] == ["withdrawn", "void"]
    spoiled = ANSWERING.within(WorkingDays(2), fails_if=reached("gone"))
    assert read(spoiled)["missed"] == ["withdrawn", "void", "done, then void"]


def test_a_step_that_the_measure_asks_for_takes_nothing_out_and_others_to_its_state_do():
    spoiled = ANSWERING.within(WorkingDays(2), fails_if=done("withdraw"))
    assert read(spoiled) == {
        "counted": ["done", "done, then void"],
        "late": ["open"],
        "missed": ["withdrawn"],
        "excluded": ["void"],
    }


def test_the_clock_starts_again_after_what_took_the_case_out():
    steps = (
        ("received", "01-06 09:00"),
        ("gone", "01-07 09:00"),
        ("received", "01-08 09:00"),
        ("answered", "01-09 09:00"),
    )
    again = Record("1", trace("1", *steps).history, cancelled=["gone"])
    assert read(EVERY, [again]) == {"counted": ["1"], "excluded": ["1"]}
    assert str(EVERY.read([again], CLOCK).total) == "8 h"


def test_a_record_names_its_own_and_is_over_in_them():
    steps = ("came", "01-06 09:00"), ("void", "01-07 09:00")
    plain = trace("1", *steps)
    void = Record("1", plain.history, ends=["went"], cancelled=["void"])
    assert void.ends == ("went", "void")
    went = Proportion("went", start=reached("came"), stop=reached("went"))
    assert read(went, [plain]) == {"missed": ["1"]}
    assert read(went, [void]) == {"excluded": ["1"]}
    assert read(Proportion("over", start=reached("came"), stop=ENDED), [void]) == {"counted": ["1"]}


def test_a_visit_is_cancelled_as_its_case_is():
    told = {"project": "", "order": "", "result": "", "progress": None, "obstacle": "", "contact": ""}
    visit = FieldVisit.of(CASES[2], **told)
    assert read(ANSWERING, [visit]) == {"excluded": ["withdrawn"]}


ROWS = [(one.number, step.state, step.at, step.trigger) for one in CASES for step in one.history]


@pytest.mark.long
@pytest.mark.parametrize(
    "measure",
    [
        ANSWERING,
        IN_TIME,
        ANSWERING.within(WorkingDays(2), fails_if=done("withdraw")),
        ANSWERING.within(WorkingDays(2), fails_if=reached("gone")),
        Duration("going", start=reached("received"), stop=reached("gone")),
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", ["pyarrow", "polars, lazy", "DuckDB"])
def test_a_table_is_told_which_activities_take_out(kind, measure):
    table = table_of(ROWS, kind, unit=None, trigger="unit", cancelled=DESK.cancelled)
    found = measure.read(CASES, CLOCK, as_of=NOW)
    assert table.read(measure, CLOCK, as_of=NOW).bins == {lies: len(some) for lies, some in found.bins.items()}
    unsaid = table_of(ROWS, kind, unit=None, trigger="unit").read(IN_TIME, CLOCK, as_of=NOW)
    assert unsaid.bins["excluded"] == 0
