"""The shipped laws of measures and plans bite: for every one of them something is broken that it catches."""

import sys
from datetime import UTC
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import find, settings
from hypothesis import strategies as st
from searching import SURVEY, WITH_ENOUGH_EXAMPLES, kinds, laws_of, search

from docflow import WorkingDays, reached
from docflow.bangkok import FISCAL_YEAR, PLAN_2563, office_clock
from docflow.kpi import (
    Bin,
    Composite,
    Count,
    Direction,
    Indicator,
    Kind,
    Measure,
    Moment,
    Outcome,
    Placed,
    Plan,
    Promise,
    Rate,
    Readings,
    Result,
    Score,
    Stopwatch,
    Target,
    Text,
    at_least,
)
from docflow.kpi import measures as measures_module
from docflow.kpi import passages as passages_module
from docflow.kpi import plans as plans_module
from docflow.kpi import proportions as proportions_module
from docflow.kpi import words as words_module
from docflow.kpi.conditions import Wanted
from docflow.kpi.evidence import Places
from docflow.kpi.passages import Passage
from docflow.kpi.windows import View
from docflow.testing import MeasureLaws, PlanLaws, measures, plans, records, traces
from docflow.testing.record_strategies import YEAR, measures_of, records_for
from docflow.worktime import Verdict
from docflow.worktime.amount import DAY

pytestmark = pytest.mark.meta

differences_module = sys.modules["docflow.kpi.differences"]  # the function has the module's name

CLOCK = office_clock()
WATCH = Stopwatch("took", start=reached("received"), stop=reached("answered"))
IN_TIME = WATCH.within(WorkingDays(2))
READ_TWICE = WATCH.under({"two": WorkingDays(2), "one": WorkingDays(1)}, official="two")
PLAN = Plan(
    title=Text("แผน", "a plan"),
    year=FISCAL_YEAR,
    clock=CLOCK,
    indicators=[
        Indicator(number="1", title=Text("หนึ่ง", "one"), of="letters", measure=READ_TWICE, target=at_least(50)),
        Indicator(
            number="2",
            title=Text("สอง", "two"),
            measure=Composite(),
            parts=[
                Indicator(number="2.1", title=Text("ก", "a"), of="letters", measure=WATCH, months=(11, 8)),
                Indicator(number="2.2", title=Text("ข", "b"), of="answers", measure=Score("2.2", of=reached("asked"))),
            ],
        ),
    ],
)


def passing(change):
    """A passage that is changed before any measure sees it."""

    def replaced(true):
        def passage(*given):
            one = true(*given)
            return change(one) if isinstance(one, Passage) else one

        return passage

    return replaced


def the_first_is_excluded(_true):
    def settled(_measure, places):
        return Places.of(evolve(one, bin=Bin.EXCLUDED) if n == 0 else one for n, one in enumerate(places))

    return settled


def by_the_wrong_side(true):
    swapped = {Verdict.WITHIN: Verdict.LATE, Verdict.LATE: Verdict.WITHIN}
    return lambda *given: swapped.get(verdict := true(*given), verdict)


def seeing_all(true):
    return lambda moment, case, view, since=None: true(moment, case, evolve(view, now=None), since)


def only_bins(_true):
    return lambda place: place and place.bin


def forgetting_the_first_of_what_is_no_list(true):
    def evaluate(plan, records, **named):
        some = {name: given if isinstance(given, list) else list(given)[1:] for name, given in records.items()}
        return true(plan, some, **named)

    return evaluate


# Each law, what is replaced, and by what of the true one.
BROKEN_MEASURES = {
    "test_every_case_lies_in_exactly_one_bin_in_the_order_given": (
        Measure,
        "settled",
        lambda _: lambda _measure, places: places[::-1],
    ),
    "test_a_value_lies_between_its_bounds": (Rate, "denominator", lambda _: property(lambda rate: len(rate.late) + 1)),
    "test_no_case_takes_longer_than_the_wall_says": (
        measures_module,
        "passage",
        passing(lambda one: evolve(one, begin=one.begin - 7 * DAY)),
    ),
    "test_the_order_of_the_cases_does_not_matter": (Measure, "settled", the_first_is_excluded),
    "test_months_make_up_the_whole": (
        Result,
        "by_month",
        lambda true: lambda result: dict(list(true(result).items())[:-1]),
    ),
    "test_a_case_lies_where_it_would_lie_alone": (Measure, "settled", the_first_is_excluded),
    "test_a_longer_limit_never_loses_a_case": (proportions_module, "judged", by_the_wrong_side),
    "test_one_more_case_that_counts_never_lowers_a_rate": (
        Rate,
        "numerator",
        lambda _: property(lambda rate: Fraction(100 * bool(rate.counted))),
    ),
    "test_the_past_never_sees_a_later_step": (Moment, "find", seeing_all),
    "test_the_zone_in_which_moments_are_written_does_not_matter": (
        measures_module,
        "passage",
        passing(lambda one: evolve(one, clock=evolve(one.clock, zone="UTC")) if one.start.tzinfo is UTC else one),
    ),
    "test_what_is_excluded_or_missed_says_why": (
        passages_module,
        "_excluded",
        lambda _: lambda case, *_: Placed(case, Bin.EXCLUDED),
    ),
    "test_a_verdict_stands": (
        proportions_module,
        "judged",
        lambda true: lambda due, end, now: Verdict.LATE if now >= due + DAY else true(due, end, now),
    ),
    "test_a_result_is_a_value": (Rate, "__eq__", lambda _: lambda one, other: one is other),
    "test_a_promise_is_each_of_its_measures_read_alone": (
        Promise,
        "read",
        lambda true: (
            lambda *given, **named: Readings(
                (found := true(*given, **named)).official, dict.fromkeys(found.results, found.result)
            )
        ),
    ),
    "test_differences_between_two_moments_are_the_cases_that_moved": (differences_module, "_weight", only_bins),
}
BROKEN_PLANS = {
    "test_outcomes_stand_in_the_plans_order": (
        plans_module,
        "Evaluation",
        lambda true: lambda plan, clock, as_of, found: true(plan, clock, as_of, dict(sorted(found.items())[::-1])),
    ),
    "test_a_value_is_divided_exactly_and_judged_by_its_target": (
        Target,
        "met",
        lambda _: lambda target, value: None if value is None else value < target.value,
    ),
    "test_a_composite_is_the_mean_of_its_parts": (
        Outcome,
        "numerator",
        lambda _: property(
            lambda one: sum(part.value or 0 for part in one.parts) if one.result is None else one.result.numerator
        ),
    ),
    "test_bins_hold_every_record_once": (Measure, "settled", lambda _: lambda _measure, places: places[1:]),
    "test_the_order_of_the_records_does_not_matter": (Measure, "settled", the_first_is_excluded),
    "test_records_may_come_from_anywhere_once": (Plan, "evaluate", forgetting_the_first_of_what_is_no_list),
    "test_the_last_monthly_report_is_the_plan_as_of_its_moment": (
        plans_module,
        "_month",
        lambda true: lambda *given: (true(*given)[0],) * 2,
    ),
    "test_explanations_say_the_value_in_both_languages": (words_module, "figure", lambda _: lambda *_, **__: "some"),
    "test_another_years_plan_excludes_what_started_outside_that_year": (
        View,
        "holds",
        lambda _: lambda *_: True,
    ),
    "test_an_outcome_does_not_differ_from_itself": (differences_module, "_alike", lambda _: lambda *_: False),
    "test_the_past_never_sees_a_later_step": (Moment, "find", seeing_all),
    "test_a_calendar_moves_only_what_it_dates_or_measures": (differences_module, "_weight", only_bins),
}


def test_every_law_has_something_that_breaks_it():
    assert laws_of(MeasureLaws) == set(BROKEN_MEASURES)
    assert laws_of(PlanLaws) == set(BROKEN_PLANS)


def broken(monkeypatch, place, name, replace):
    monkeypatch.setattr(place, name, replace(getattr(place, name, None)), raising=False)


@pytest.mark.parametrize("law", BROKEN_MEASURES)
def test_a_broken_measure_is_caught(law, monkeypatch):
    broken(monkeypatch, *BROKEN_MEASURES[law])
    some = {"measure": st.sampled_from((IN_TIME, WATCH, READ_TWICE)), "clock": CLOCK}
    with pytest.raises(AssertionError):
        search(type("Laws", (MeasureLaws,), some)(), law)


@pytest.mark.parametrize("law", BROKEN_PLANS)
def test_a_broken_plan_is_caught(law, monkeypatch):
    broken(monkeypatch, *BROKEN_PLANS[law])
    with pytest.raises(AssertionError):
        search(type("Laws", (PlanLaws,), {"plan": PLAN})(), law)


@pytest.mark.parametrize(("kind", "missing"), [(MeasureLaws, "measure"), (PlanLaws, "plan")])
def test_laws_without_a_measure_or_a_plan_say_what_is_missing(kind, missing):
    with pytest.raises(TypeError, match=f"Laws has no {missing}; give it one"):
        search(type("Laws", (kind,), {})(), min(laws_of(kind)))


@WITH_ENOUGH_EXAMPLES
@pytest.mark.parametrize("law", sorted(laws_of(MeasureLaws)))
def test_a_law_of_measures_that_never_met_a_case_fails_and_says_so(law):
    laws = type("Laws", (MeasureLaws,), {"measure": WATCH, "clock": CLOCK, "cases": ()})()
    with pytest.raises(AssertionError, match="this law has proved nothing: .* there never was a case"):
        getattr(laws, law)()


@WITH_ENOUGH_EXAMPLES
@pytest.mark.parametrize("law", sorted(laws_of(PlanLaws)))
def test_a_law_of_plans_that_never_met_a_record_fails_and_says_so(law):
    laws = type("Laws", (PlanLaws,), {"plan": PLAN, "records": {"letters": (), "answers": ()}})()
    with pytest.raises(AssertionError, match="this law has proved nothing: .* there never was a record"):
        getattr(laws, law)()


def test_laws_hold_of_cases_and_records_that_are_given():
    some = st.lists(traces(["received", "answered"]), max_size=3)
    for given in (some, []):
        laws = type("Laws", (MeasureLaws,), {"measure": IN_TIME, "clock": CLOCK, "cases": given})()
        search(laws, "test_months_make_up_the_whole", examples=10)
    for given in (st.fixed_dictionaries({"letters": some}), {"answers": []}):
        laws = type("Laws", (PlanLaws,), {"plan": PLAN, "records": given})()
        search(laws, "test_bins_hold_every_record_once", examples=10)


def test_histories_of_every_kind_are_drawn():
    def kind_of(trace):
        moments = [event.at for event in trace.history]
        assert moments == sorted(moments)
        yield "empty" if not moments else "short" if len(moments) < 4 else "long"
        yield from (f"of {event.unit}" for event in trace.history)
        yield from (event.state for event in trace.history)
        if len({event.state for event in trace.history}) < len(moments):
            yield "again"
        if trace.wanted_by:
            yield "wanted"
            yield "wanted earlier" if trace.wanted_by < moments[-1] else "wanted later"
        if moments:
            assert YEAR.first <= CLOCK.day_of(moments[0]) <= YEAR.last

    wanted = {"empty", "short", "long", "of None", "of registry", "of elsewhere", "received", "answered", "again"}
    wanted |= {"wanted", "wanted earlier", "wanted later"}
    assert kinds(traces(["received", "answered"], clock=CLOCK, units=["registry"]), kind_of, wanted) == wanted


def test_measures_of_every_kind_are_drawn():
    def kind_of(measure):
        for one in measures_of(measure):
            rate = one.proportion if isinstance(one, Count) else one
            yield type(one).__name__
            yield from (name for name in ("pausing", "void", "unless", "waits", "months") if getattr(one, name, None))
            limit = getattr(rate, "limit", None)
            yield "wanted by each" if isinstance(limit, Wanted) else "limited" if limit else "unlimited"
        if isinstance(measure, Promise):
            yield f"{len(measure.measures)} readings"

    wanted = {"Proportion", "Stopwatch", "Capped", "Count", "Score", "External", "pausing", "void", "unless", "waits"}
    wanted |= {"months", "wanted by each", "limited", "unlimited", "1 readings", "2 readings", "3 readings"}
    assert kinds(measures(), kind_of, wanted) == wanted


def read(measure):
    """Results of one measure over what is drawn for it, as of the end of the year."""
    some = st.lists(records_for([measure], YEAR, CLOCK), min_size=4, max_size=12)
    window = st.sampled_from((None, FISCAL_YEAR.between(11, 8)))
    return st.builds(lambda cases, window: measure.read(cases, CLOCK, window=window), some, window)


def test_cases_in_every_bin_are_drawn():
    def kind_of(result):
        for place in result.places:
            yield place.bin
            if place.why:
                yield place.why.kind

    wanted = {*Bin, *Kind} - {Kind.NO_CALENDAR, Kind.OTHER_YEAR}
    assert kinds(measures().map(measures_of).flatmap(st.sampled_from).flatmap(read), kind_of, wanted) == wanted


PLANS_OWN = [one.measure for one in PLAN_2563 if one.of not in ("", "reported values")]
OFFICIAL = [dict(one.measures)[one.official] if isinstance(one, Promise) else one for one in PLANS_OWN]


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("measure", OFFICIAL, ids=lambda one: one.name)
def test_every_indicator_of_the_plan_gets_records_that_count_and_records_that_do_not(measure, counted):
    wide = settings(SURVEY, max_examples=20_000)  # four sessions in order are rare; a search ends at the first
    find(
        read(measure),
        lambda result: any((place.bin is Bin.COUNTED) is counted for place in result.places),
        settings=wide,
    )


def test_records_are_named_as_the_plan_wants_them():
    def kind_of(given):
        assert set(given) == set(PLAN_2563.wanted())
        yield from (f"{name}: {type(one).__name__}" for name, some in given.items() for one in some)

    wanted = {f"{name}: Trace" for name in PLAN_2563.wanted()} - {"responses: Trace", "reported values: Trace"}
    wanted |= {"responses: Response", "reported values: Reported"}
    assert kinds(records(PLAN_2563, most=1), kind_of, wanted) == wanted


def test_plans_of_every_kind_are_drawn():
    def kind_of(plan):
        yield f"{len(plan.indicators)} indicators"
        for one in plan:
            yield "composite" if isinstance(one.measure, Composite) else f"of {one.of}"
            yield f"{len(one.parts)} parts"
            yield from ("in some months" for _ in one.months or ())
            yield one.target and one.target.direction
            if isinstance(one.measure, Promise):
                yield "readings"

    wanted = {"composite", "of letters", "of questionnaires", "of reported values", "in some months", "readings"}
    wanted |= {None, *Direction, *(f"{n} parts" for n in range(3)), *(f"{n} indicators" for n in range(1, 5))}
    assert kinds(plans(CLOCK), kind_of, wanted) == wanted
