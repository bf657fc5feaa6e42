"""The shipped laws of measures and plans bite: for every one of them something is broken that it catches."""

from datetime import UTC
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import find, settings
from hypothesis import strategies as st
from searching import SURVEY, WITH_ENOUGH_EXAMPLES, kinds, laws_of, search

from docflow import Proportion, WorkingDays, reached
from docflow.bangkok import FISCAL_YEAR, PLAN_2563, office_clock
from docflow.kpi import (
    WANTED,
    Bin,
    Context,
    Count,
    Duration,
    Indicator,
    Measure,
    Outcome,
    Plan,
    Result,
    Score,
    Target,
    at_least,
)
from docflow.kpi import compare as compare_module
from docflow.kpi import indicators as indicators_module
from docflow.kpi import knowledge as knowledge_module
from docflow.kpi import measures as measures_module
from docflow.kpi import observing as observing_module
from docflow.kpi import open_records as open_records_module
from docflow.kpi import plans as plans_module
from docflow.kpi import results as results_module
from docflow.kpi.bins import Cause
from docflow.kpi.indicators import Direction
from docflow.kpi.milestones import Reached
from docflow.kpi.observations import Observations
from docflow.kpi.spans import Span
from docflow.testing import MeasureLaws, PlanLaws, measures, plan_records, plans, records
from docflow.testing import measure_laws as laws_module
from docflow.testing import period_laws as period_laws_module
from docflow.testing.record_strategies import YEAR, records_for
from docflow.text import Text
from docflow.worktime import Verdict
from docflow.worktime.amount import DAY

pytestmark = pytest.mark.meta

CLOCK = office_clock()
WATCH = Duration("took", start=reached("received"), stop=reached("answered"))
IN_TIME = WATCH.within(WorkingDays(2))
READ_TWICE = WATCH.under({"two": WorkingDays(2), "one": WorkingDays(1)})
PLAN = Plan(
    title=Text("แผน", "a plan"),
    year=FISCAL_YEAR,
    clock=CLOCK,
    indicators=[
        Indicator(
            number="1",
            title="one",
            of="letters",
            measure=READ_TWICE["two"],
            alternatives=READ_TWICE,
            target=at_least(50),
        ),
        Indicator(
            number="2",
            title=Text("สอง", "two"),
            parts=[
                Indicator(number="2.1", title=Text("ก", "a"), of="letters", measure=WATCH, months=(11, 8)),
                Indicator(number="2.2", title=Text("ข", "b"), of="answers", measure=Score("2.2", at=reached("asked"))),
            ],
        ),
    ],
)


def starting(change):
    """A record that started is changed before any measure sees it."""

    def replaced(true):
        def started(*given):
            one = true(*given)
            return one if one.bin is Bin.EXCLUDED else change(one)

        return started

    return replaced


def saying_no_reason(true):
    def started(*given):
        one = true(*given)
        return evolve(one, reason=None) if one.bin is Bin.EXCLUDED else one

    return started


def dividing(**change):
    """A ratio of which one part is another."""

    def replaced(true):
        def ratio(measure, observations):
            made = {name: make(observations) for name, make in change.items()}
            return true(measure, observations)._replace(**made)

        return ratio

    return replaced


def the_first_is_excluded(_true):
    def settled(_measure, observations):
        return Observations.of(evolve(one, bin=Bin.EXCLUDED) if n == 0 else one for n, one in enumerate(observations))

    return settled


def by_the_wrong_side(true):
    swapped = {Verdict.WITHIN: Verdict.LATE, Verdict.LATE: Verdict.WITHIN}
    return lambda *given: swapped.get(verdict := true(*given), verdict)


def seeing_all(true):
    return lambda milestone, record, context, start=None: true(milestone, record, evolve(context, as_of=None), start)


def asked_for_the_first_name_alone(true):
    return lambda one, *given: true(evolve(one, names=one.names[:1]), *given)


def only_bins(_true):
    return lambda seen: seen and seen.bin


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
        lambda _: lambda _measure, observations: observations[::-1],
    ),
    "test_a_value_lies_between_its_bounds": (
        Proportion,
        "ratio",
        dividing(denominator=lambda observations: observations.tally(Bin.LATE) + 1),
    ),
    "test_no_case_takes_longer_than_the_wall_says": (
        observing_module,
        "started",
        starting(lambda one: evolve(one, begin=one.begin - 7 * DAY)),
    ),
    "test_the_order_of_the_cases_does_not_matter": (Measure, "settled", the_first_is_excluded),
    "test_months_make_up_the_whole": (
        Result,
        "by_month",
        lambda true: lambda result: dict(list(true(result).items())[:-1]),
    ),
    "test_a_case_lies_where_it_would_lie_alone": (Measure, "settled", the_first_is_excluded),
    "test_a_longer_limit_never_loses_a_case": (measures_module, "stands", by_the_wrong_side),
    "test_one_more_case_that_counts_never_lowers_a_rate": (
        Proportion,
        "ratio",
        dividing(numerator=lambda observations: Fraction(100 * bool(observations.tally(Bin.COUNTED)))),
    ),
    "test_the_past_never_sees_a_later_step": (Reached, "find", seeing_all),
    "test_the_zone_in_which_moments_are_written_does_not_matter": (
        observing_module,
        "started",
        starting(lambda one: evolve(one, begin=one.begin - DAY) if one.start.tzinfo is UTC else one),
    ),
    "test_what_is_excluded_or_missed_says_why": (
        observing_module,
        "started",
        saying_no_reason,
    ),
    "test_a_verdict_stands": (
        measures_module,
        "stands",
        lambda true: lambda due, end, now: Verdict.LATE if now >= due + DAY else true(due, end, now),
    ),
    "test_a_result_is_a_value": (Result, "__eq__", lambda _: lambda one, other: one is other),
    "test_measures_read_together_are_each_read_alone": (
        laws_module,
        "read",
        lambda true: lambda *given, **named: dict.fromkeys(found := true(*given, **named), next(iter(found.values()))),
    ),
    "test_differences_between_two_moments_are_the_cases_that_moved": (compare_module, "_weight", only_bins),
    "test_one_of_several_states_is_reached_with_the_first_of_them": (
        Reached,
        "find",
        asked_for_the_first_name_alone,
    ),
    "test_the_times_of_a_case_follow_one_another": (
        observing_module,
        "each_time",
        lambda true: lambda *given: true(*given)[::-1],
    ),
    "test_the_first_time_is_what_is_found_without_the_others": (
        observing_module,
        "each_time",
        lambda true: lambda *given: true(*given)[1:] or true(*given),
    ),
    "test_every_time_is_what_a_stopwatch_says": (
        observing_module,
        "each_time",
        lambda true: lambda *given: true(*given)[:1],
    ),
    "test_a_measure_that_names_no_withdrawal_takes_that_of_the_record": (
        Span,
        "withdrawal",
        lambda true: lambda span, cancelled: true(span, ()) if span.withdrawn_in is None else true(span, cancelled),
    ),
    "test_periods_make_up_the_whole": (
        Result,
        "by_period",
        lambda true: lambda result, periods: dict(list(true(result, periods).items())[:-1]),
    ),
    "test_what_is_dated_by_its_stop_lies_in_the_month_of_its_stop": (
        Observations,
        "by_month",
        lambda true: lambda observations: true(evolve(observations, dated_by="start")),
    ),
    "test_bands_of_age_hold_each_open_case_once": (
        open_records_module,
        "_open",
        lambda true: lambda result: [n for n in true(result) if result.observations[n].bin is not Bin.LATE],
    ),
    "test_a_later_moment_has_all_that_is_due_by_an_earlier_one": (
        period_laws_module,
        "due_by",
        lambda true: lambda *given: tuple(one for one in true(*given) if one.bin is not Bin.LATE),
    ),
    "test_groups_add_up_to_the_whole": (
        Result,
        "_parts",
        lambda true: lambda result, group_of: dict(list(true(result, group_of).items())[:-1]),
    ),
    "test_rows_tell_every_observation": (
        results_module,
        "observed",
        lambda true: lambda observations, *given, **named: true(observations[1:], *given, **named),
    ),
    "test_what_is_recorded_later_changes_no_printed_report": (
        knowledge_module,
        "as_recorded",
        lambda _: lambda record, _moment: record,
    ),
}
BROKEN_PLANS = {
    "test_outcomes_stand_in_the_plans_order": (
        plans_module,
        "PlanResult",
        lambda true: (
            lambda plan, clock, as_of, found, *more: true(plan, clock, as_of, dict(sorted(found.items())[::-1]), *more)
        ),
    ),
    "test_a_value_is_divided_exactly_and_judged_by_its_target": (
        Target,
        "met",
        lambda _: lambda target, value: None if value is None else value < target.value,
    ),
    "test_without_a_measure_an_indicator_is_the_mean_of_its_parts": (
        Outcome,
        "numerator",
        lambda _: property(
            lambda one: sum(part.value or 0 for part in one.parts) if one.result is None else one.result.numerator
        ),
    ),
    "test_bins_hold_every_record_once": (Measure, "settled", lambda _: lambda _measure, observations: observations[1:]),
    "test_the_order_of_the_records_does_not_matter": (Measure, "settled", the_first_is_excluded),
    "test_records_may_come_from_anywhere_once": (Plan, "evaluate", forgetting_the_first_of_what_is_no_list),
    "test_the_last_monthly_report_is_the_plan_as_of_its_moment": (
        plans_module,
        "_month",
        lambda true: lambda *given: (true(*given)[0],) * 2,
    ),
    "test_explanations_say_the_value_in_both_languages": (
        indicators_module,
        "figure",
        lambda _: lambda *_, **__: "some",
    ),
    "test_another_years_plan_excludes_what_started_outside_that_year": (
        Context,
        "holds",
        lambda _: lambda *_: True,
    ),
    "test_an_outcome_does_not_differ_from_itself": (compare_module, "_alike", lambda _: lambda *_: False),
    "test_the_past_never_sees_a_later_step": (Reached, "find", seeing_all),
    "test_a_calendar_moves_only_what_it_dates_or_measures": (compare_module, "_weight", only_bins),
}


def test_every_law_has_something_that_breaks_it():
    assert laws_of(MeasureLaws) == set(BROKEN_MEASURES)
    assert laws_of(PlanLaws) == set(BROKEN_PLANS)


def broken(monkeypatch, where, name, replace):
    monkeypatch.setattr(where, name, replace(getattr(where, name, None)), raising=False)


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
    some = st.lists(records(["received", "answered"]), max_size=3)
    for given in (some, []):
        laws = type("Laws", (MeasureLaws,), {"measure": IN_TIME, "clock": CLOCK, "cases": given})()
        search(laws, "test_months_make_up_the_whole", examples=10)
    for given in (st.fixed_dictionaries({"letters": some}), {"answers": []}):
        laws = type("Laws", (PlanLaws,), {"plan": PLAN, "records": given})()
        search(laws, "test_bins_hold_every_record_once", examples=10)


def test_histories_of_every_kind_are_drawn():
    def kind_of(record):
        moments = [event.at for event in record.history]
        assert moments == sorted(moments)
        yield "empty" if not moments else "short" if len(moments) < 4 else "long"
        yield from (f"of {event.unit}" for event in record.history)
        yield from (event.state for event in record.history)
        if len({event.state for event in record.history}) < len(moments):
            yield "again"
        if record.wanted_by:
            yield "wanted"
            yield "wanted earlier" if record.wanted_by < moments[-1] else "wanted later"
        if moments:
            assert YEAR.first <= CLOCK.day_of(moments[0]) <= YEAR.last

    wanted = {"empty", "short", "long", "of None", "of registry", "of elsewhere", "received", "answered", "again"}
    wanted |= {"wanted", "wanted earlier", "wanted later"}
    assert kinds(records(["received", "answered"], clock=CLOCK, units=["registry"]), kind_of, wanted) == wanted


def test_measures_of_every_kind_are_drawn():
    def kind_of(measure):
        rate = measure.proportion if isinstance(measure, Count) else measure
        yield type(measure).__name__
        parts = ("pausing", "withdrawn_in", "fails_if", "waits", "months", "cap", "every")
        yield from (name for name in parts if getattr(measure, name, None))
        yield f"dated by the {measure.span.dated_by}"
        limit = getattr(rate, "limit", None)
        yield "wanted by each" if limit == WANTED else "limited" if limit else "unlimited"

    wanted = {"Proportion", "Duration", "Count", "Score", "Reported", "pausing", "withdrawn_in", "fails_if", "waits"}
    wanted |= {
        "months",
        "cap",
        "every",
        "wanted by each",
        "limited",
        "unlimited",
        "dated by the start",
        "dated by the stop",
    }
    assert kinds(measures(), kind_of, wanted) == wanted


def read(measure):
    """Results of one measure over what is drawn for it, as of the end of the year."""
    some = st.lists(records_for([measure], YEAR, CLOCK), min_size=4, max_size=12)
    window = st.sampled_from((None, FISCAL_YEAR.between(11, 8)))
    return st.builds(lambda cases, window: measure.read(cases, CLOCK, window=window), some, window)


def test_cases_in_every_bin_are_drawn():
    def kind_of(result):
        for seen in result.observations:
            yield seen.bin
            if seen.reason:
                yield seen.reason.cause

    wanted = {*Bin, *Cause} - {Cause.NO_CALENDAR, Cause.OTHER_YEAR}
    assert kinds(measures().flatmap(read), kind_of, wanted) == wanted


OFFICIAL = [one.measure for one in PLAN_2563 if one.of not in ("", "reported values")]


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("measure", OFFICIAL, ids=lambda one: one.name)
def test_every_indicator_of_the_plan_gets_records_that_count_and_records_that_do_not(measure, counted):
    wide = settings(SURVEY, max_examples=20_000)  # four sessions in order are rare; a search ends at the first
    find(
        read(measure),
        lambda result: any((seen.bin is Bin.COUNTED) is counted for seen in result.observations),
        settings=wide,
    )


def test_records_are_named_as_the_plan_wants_them():
    def kind_of(given):
        assert set(given) == set(PLAN_2563.wanted())
        for name, some in given.items():
            yield from (f"{name}: {'value' if one.value else 'scores' if one.scores else 'events'}" for one in some)

    wanted = {f"{name}: events" for name in PLAN_2563.wanted()} - {"reported values: events"}
    wanted |= {"responses: scores", "reported values: value"}
    assert kinds(plan_records(PLAN_2563, most=1), kind_of, wanted) == wanted


def test_plans_of_every_kind_are_drawn():
    def kind_of(plan):
        yield f"{len(plan.indicators)} indicators"
        for one in plan:
            yield "mean" if one.measure is None else f"of {one.of}"
            yield f"{len(one.parts)} parts"
            yield from ("in some months" for _ in one.months or ())
            yield one.target and one.target.direction
            if one.alternatives:
                yield f"{len(one.alternatives)} readings"

    wanted = {"mean", "of letters", "of questionnaires", "of reported values", "in some months"}
    wanted |= {None, *Direction, *(f"{n} parts" for n in range(3)), *(f"{n} indicators" for n in range(1, 5))}
    wanted |= {f"{n} readings" for n in range(1, 4)}
    assert kinds(plans(CLOCK), kind_of, wanted) == wanted
