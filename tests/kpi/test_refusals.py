"""What is given wrongly is refused where it is given, in a sentence that says what to give instead."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from docflow import (
    Duration,
    Hours,
    Indicator,
    Letter,
    OfficeHours,
    Plan,
    Proportion,
    Transition,
    Window,
    WorkClock,
    Workflow,
    WorkingWeek,
    WorkTime,
    at_least,
    reached,
)
from docflow.errors import MomentError, NotAMomentError, PlanError, RecordError
from docflow.kpi import (
    Context,
    Count,
    Event,
    Milestone,
    Record,
    Value,
    carriers,
    differences,
    done,
    holding,
    observe,
    read,
    since,
    time_spent,
)

LONDON = ZoneInfo("Europe/London")
CLOCK = WorkClock(OfficeHours(opens=time(9), closes=time(17)), WorkingWeek(), zone="Europe/London")
MENDING = Workflow(
    "repair",
    initial="asked",
    transitions=[
        Transition("pause", "asked", "waiting"),
        Transition("go on", "waiting", "asked"),
        Transition("mend", "asked", "mended"),
        Transition("drop", "asked", "dropped"),
    ],
)
YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
TOOK = Duration("took", start=reached("asked"), stop=reached("mended"))


def at(day, hour):
    return datetime(2026, 3, day, hour, tzinfo=LONDON)


CASE = MENDING.open(Letter(number="1"), at=at(2, 10)).apply("mend", at=at(3, 10))
END = at(9, 9)


def indicator(**said):
    return Indicator(**{"number": "1", "title": "repairs", "of": "repairs", "measure": TOOK} | said)


def plan(**said):
    return Plan(**{"title": "ours", "year": YEAR, "clock": CLOCK, "indicators": [indicator()]} | said)


def nested(depth):
    made = indicator()
    for n in range(2, depth + 1):
        made = Indicator(number=str(n), title="mean", parts=[made])
    return made


FOUND = plan().evaluate({"repairs": [CASE]}, as_of=END)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: plan().evaluate({"repairs": CASE}, as_of=END), "is no list of records; give the records first"),
        (lambda: plan().evaluate([CASE], as_of=END), "is no mapping of records by name; give some, such as {'repairs'"),
        (lambda: plan().evaluate({}, as_of=END, clock="London"), "'London' is no clock; give the office's WorkClock"),
        (lambda: plan(year=2026), "2026 is no window; give one, such as Window("),
        (lambda: plan(clock="London"), "'London' is no clock"),
        (lambda: plan(indicators=indicator()), "<Indicator 1 repairs> is one indicator; give a list of them"),
        (lambda: plan(indicators=[TOOK]), "this Duration is no indicator; give one"),
        (lambda: plan(indicators=3), "3 is no list of indicators; give some, such as [Indicator(...)]"),
        (lambda: indicator(target=12), "12 is no target; give at_least(95) or at_most(12)"),
        (lambda: indicator(of=["repairs"]), "['repairs'] is no name of records; give one text"),
        (lambda: indicator(owner=3), "3 is no owner; give one text"),
        (lambda: indicator(months=11), "11 is no pair of months; give the first and the last"),
        (lambda: indicator(alternatives=[TOOK]), "this Duration is no mapping of measures by name"),
        (lambda: indicator(alternatives=TOOK), "this Duration is no mapping of measures by name"),
        (lambda: indicator(parts=indicator(number="2")), "<Indicator 2 repairs> is one indicator; give a list of them"),
        (lambda: TOOK.read(CASE, CLOCK), "is no list of records; give the records first"),
        (lambda: TOOK.read(CLOCK, [CASE]), "this WorkClock is no list of records; give the records first"),
        (lambda: TOOK.read([CASE], None), "None is no clock; give the office's WorkClock"),
        (lambda: read([CASE], CLOCK, measures=TOOK), "this Duration is no mapping of measures by name; give some"),
        (lambda: observe(CASE, CLOCK, measure=TOOK), "this WorkClock is no context; give one"),
        (lambda: observe(CASE, Context(CLOCK), measure="took"), "'took' is no measure; give one"),
        (lambda: Context("London"), "'London' is no clock"),
        (lambda: Count(TOOK), "this Duration is no proportion; give Proportion(...), or Duration(...).within(limit)"),
        (lambda: TOOK.capped(Hours(3)), "Hours(hours=3) is no amount of working time; give one, such as WorkTime"),
        (lambda: TOOK.under([Hours(3)]), "[Hours(hours=3)] is no mapping of limits by name; give some"),
        (lambda: TOOK.read([CASE], CLOCK).percentile("90"), "'90' is no percentage; give a number"),
        (lambda: time_spent([CASE], CLOCK, stop="mended"), "'mended' is no milestone; give one, such as reached('m"),
        (lambda: time_spent([CASE], CLOCK, stop=None), "None is no milestone; give one"),
        (lambda: carriers(FOUND["1"]), "is no result of a Duration; give one"),
        (lambda: differences(FOUND["1"], FOUND["1"]), "is no result; give one, such as outcome.result"),
        (lambda: FOUND["1"].difference(None), "None is no outcome; give one, such as result[number]"),
        (lambda: reached(3), "3 is no name, which is one text; give one"),
        (lambda: since(("a", "b")), "('a', 'b') is no name, which is one text; give one, such as \"submitted\", or"),
        (lambda: reached(" "), "' ' is an empty name; give one"),
        (holding, "nothing can hold it; name a state"),
        (lambda: Record(1, []), '1 is no number of a record; give a text, such as "1/2563"'),
        (lambda: Record("1", Event("asked", END)), "<Event asked 2026-03-09 09:00> is no list of events; give some"),
        (lambda: Record("1", [("asked", END)]), "this tuple is no event; give one"),
        (lambda: Record("1", [], value=4), "4 is no value; give one with its source"),
        (lambda: Value(4, source="others", unit=None), "None is no unit; give one text"),
        (lambda: Value(4, source="others", covers=2026), "2026 is no window; give one"),
        (lambda: Duration("x", start=reached("a"), stop=reached("b"), pausing=3), "3 is no list of states; give some"),
        (lambda: Milestone.of("answered", "answered"), "'answered' is no function; give one from events to a moment"),
    ],
)
def test_a_wrong_kind_is_refused_with_what_to_give(asked, said):
    with pytest.raises((TypeError, ValueError)) as refused:
        asked()
    assert said in str(refused.value)
    assert "Attribute(" not in str(refused.value), "nothing of the machinery shows"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: plan(indicators=[]), "ours: has no indicator; give it at least one"),
        (lambda: plan(indicators=[indicator(months=(11, 13))]), "1: the months 11 to 13 do not follow each other"),
        (lambda: indicator(of=""), '1: does not say which records its measure reads; give their name, such as of="'),
        (lambda: indicator(measure=None), "1: has neither a measure nor parts; give measure=..., or parts=[...]"),
        (lambda: indicator(official="x"), "1: names 'x' as official without alternatives; give them too"),
        (lambda: nested(101), "101: has parts inside parts, 101 deep; 100 is the most"),
        (lambda: FOUND["1"].explain("fr"), 'no words are kept in the language \'fr\'; ask for "th" or "en"'),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(asked, said):
    with pytest.raises(PlanError) as refused:
        asked()
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "measure",
    [
        Duration("x", start=reached("asked"), stop=reached("mendedd")),
        Duration("x", start=reached("askedd"), stop=reached("mended")),
        Duration("x", start=reached("asked"), stop=done("mended")),
        Duration("x", start=reached("asked"), stop=holding("mended", "mendedd")),
        Duration("x", start=since("asked", until="mendedd"), stop=reached("mended")),
        Duration("x", start=reached("asked"), stop=reached("mended"), pausing=["waitin"]),
        Duration("x", start=reached("asked"), stop=reached("mended"), withdrawn_in=["droped"]),
        TOOK.within(Hours(3), fails_if=reached("droped")),
        Count(TOOK.within(Hours(3), fails_if=reached("droped"))),
    ],
)
def test_a_state_or_step_that_no_workflow_has_is_refused(measure):
    """A figure of nothing would look like a year without letters."""
    with pytest.raises(MomentError, match="no workflow of these cases has such a (state|step); did you mean '"):
        measure.read([CASE], CLOCK)
    assert measure.read([], CLOCK).in_scope == 0, "no records name no workflow"


def test_parts_may_be_nested_as_deep_as_they_may():
    deep = plan(indicators=[nested(100)]).evaluate({"repairs": [CASE]}, as_of=END)
    assert deep["100"].value == 480
    assert deep["100"].explain().count("mean") == 99


def test_a_difference_is_told_between_workflows_that_call_their_states_otherwise():
    renamed = Workflow("repair", version=2, initial="asked", transitions=[Transition("mend", "asked", "repaired")])
    now = renamed.open(Letter(number="1"), at=at(2, 10)).apply("mend", at=at(4, 10))
    took = Duration("took", start=reached("asked"), stop=reached("repaired"))
    found = differences(TOOK.read([CASE], CLOCK), took.read([now], CLOCK))
    assert (found.before, found.after) == (480, 960)
    assert len(found.changes) == 1


def test_records_that_are_no_cases_have_no_list_of_states():
    never = Proportion("x", start=reached("asked"), stop=reached("mendedd"))
    assert never.read([Record("1", [Event("asked", END)])], CLOCK).value == 0


def test_the_names_of_other_workflows_among_the_cases_are_known():
    other = Workflow("loan", initial="lent", transitions=[Transition("return", "lent", "returned")])
    loan = other.open(Letter(number="2"), at=at(2, 10))
    assert TOOK.read([CASE, loan], CLOCK).in_scope == 1
    with pytest.raises(MomentError, match="such a state; they have lent, returned"):
        TOOK.read([loan], CLOCK)


def test_a_record_that_is_given_twice_is_refused():
    with pytest.raises(RecordError, match="record 1: was given twice and would count twice; give every record once"):
        TOOK.read([CASE, CASE], CLOCK)
    with pytest.raises(RecordError, match="given twice"):
        plan().evaluate({"repairs": [CASE, CASE]}, as_of=END)


class TestMilestonesOfOnesOwn:
    def by_post(self, events):
        return next((each.at for each in events if each.state == "answered" and each.unit == "post"), None)

    def answered(self, *units):
        events = [Event("asked", at(2, 10)), *(Event("answered", at(n, 10), unit) for n, unit in enumerate(units, 3))]
        return Record("1", events)

    def test_find_what_a_function_of_the_events_finds(self):
        took = Duration("x", start=reached("asked"), stop=Milestone.of("answered by post", self.by_post))
        assert took.read([self.answered("telephone", "post")], CLOCK).mean == 16 * 60
        assert took.read([self.answered("telephone")], CLOCK).unfinished
        assert str(took) == "x: from asked to answered by post"

    def test_see_nothing_after_the_last_moment_seen(self):
        took = Duration("x", start=reached("asked"), stop=Milestone.of("answered by post", self.by_post))
        assert took.read([self.answered("post")], CLOCK, as_of=at(3, 9)).unfinished
        later = Milestone.of("a day later", lambda events: events[0].at.replace(day=30))
        took = Duration("x", start=reached("asked"), stop=later)
        assert took.read([self.answered("post")], CLOCK).unfinished, "the 30th has not come on the 3rd"

    def test_name_a_moment(self):
        took = Duration("x", start=reached("asked"), stop=Milestone.of("answered", lambda events: events[0].state))
        with pytest.raises(NotAMomentError, match="'asked' is no moment"):
            took.read([self.answered("post")], CLOCK)


class TestWhatIsPrinted:
    def test_is_a_line_where_it_would_fill_a_screen(self):
        shown = {
            "<Plan ours, 2026-01-01 – 2026-12-31: 1>": plan(),
            "<PlanResult ours, 2026-01-01 – 2026-12-31, as of 2026-03-09 09:00: 1>": FOUND,
            "<Outcome 1 repairs = 480.00 min>": FOUND["1"],
            "<DurationResult took: 480 min; counted 1>": FOUND["1"].result,
            "<Observations: counted 1>": FOUND["1"].result.observations,
            "<Observations: no records>": TOOK.read([], CLOCK).observations,
            "<TimeSpent 8 h: 1 through, 0 open, 0 excluded>": time_spent([CASE], CLOCK, stop=reached("mended")),
        }
        assert {said: repr(one) for said, one in shown.items()} == {said: said for said in shown}

    def test_an_outcome_explains_itself(self):
        assert str(FOUND["1"]) == FOUND["1"].explain()
        assert str(FOUND) == "ours, 2026-01-01 – 2026-12-31, as of 2026-03-09 09:00\n1 repairs = 480.00 min"

    def test_a_target_says_whether_it_is_met(self):
        in_time = TOOK.capped(WorkTime(hours=1))

        asked = plan(indicators=[indicator(measure=in_time, target=at_least(95))])
        assert repr(asked.evaluate({"repairs": [CASE]}, as_of=END)["1"]) == (
            "<Outcome 1 repairs = 0.00 % (target ≥ 95, not met)>"
        )
