import pickle
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from docflow import OfficeHours, WorkClock, WorkingWeek
from docflow.bangkok import UNITS, WORK_PLANS, office_clock, work_plans, year_end
from docflow.errors import NaiveDatetimeError, OutsideCalendarError, WorkPlanError
from docflow.kpi import Window
from docflow.text import Text
from docflow.thai import fiscal_year_span
from docflow.workplans import StepProgress, WorkPlan, WorkStep, in_month, spread, together

CLOCK = office_clock()
YEAR = Window(*fiscal_year_span(2563)).months()


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Bangkok"))


FORMS = WorkStep("1", Text("แบบฟอร์ม", "forms"), 16, in_month("2019-10", 16))
SCREEN = WorkStep("2", Text("กลั่นกรอง", "screen"), 84, spread(7, YEAR))
PLAN = WorkPlan(
    "1.1", Text("กิจกรรม", "activity"), owner="Secretary Group", months=YEAR, steps=(FORMS, SCREEN), source="–"
)


def entry(step, text, percent):
    return StepProgress("1.1", step, moment(text), percent)


def as_of(text, *entries, plan=PLAN, clock=CLOCK):
    return plan.progress(entries, as_of=moment(text), clock=clock)


@st.composite
def plans(draw):
    """Plans whose weights are any parts of 100, over any months of the year in any proportion."""
    parts = draw(st.lists(st.integers(1, 50), min_size=1, max_size=5))
    steps = []
    for number, part in enumerate(parts, 1):
        weight = Fraction(100 * part, sum(parts))
        months = draw(st.lists(st.sampled_from(YEAR), min_size=1, unique=True))
        loads = [draw(st.integers(1, 9)) for _ in months]
        shares = {month: weight * load / sum(loads) for month, load in zip(months, loads, strict=True)}
        steps.append(WorkStep(str(number), "step", weight, shares))
    return evolve(PLAN, steps=steps)


moments = st.datetimes(datetime(2019, 9, 1), datetime(2020, 11, 1), timezones=st.just(UTC))


@st.composite
def entries_of(draw, plan):
    percents = st.fractions(0, 100, max_denominator=8)
    steps = st.sampled_from([step.number for step in plan.steps])
    return [
        StepProgress(plan.number, draw(steps), draw(moments), draw(percents)) for _ in range(draw(st.integers(0, 8)))
    ]


class TestActualProgress:
    def test_is_the_steps_percentages_by_their_weights(self):
        progress = as_of("2019-12-10 09:00", entry("1", "2019-10-30 16:00", 100), entry("2", "2019-11-29 16:00", 15))
        assert progress.earned == Fraction("28.6")
        assert [(one.step.number, one.earned) for one in progress.steps] == [("1", 16), ("2", Fraction("12.6"))]

    def test_is_exact(self):
        progress = as_of("2019-12-10 09:00", entry("2", "2019-11-29 16:00", Fraction(100, 3)))
        assert progress.earned == 28

    def test_takes_the_latest_percentage_of_each_step_in_whatever_order_they_are_given(self):
        older, newer = entry("2", "2019-10-31 16:00", 50), entry("2", "2019-11-29 16:00", 25)
        for given_ in ((older, newer), (newer, older)):
            assert as_of("2019-12-10 09:00", *given_).earned == 21  # work may turn out to be less far

    def test_of_one_moment_takes_the_last_given(self):
        first, second = entry("2", "2019-11-29 16:00", 50), entry("2", "2019-11-29 16:00", 25)
        assert as_of("2019-12-10 09:00", first, second).earned == 21
        assert as_of("2019-12-10 09:00", second, first).earned == 42

    def test_does_not_see_what_was_entered_later(self):
        noted = entry("1", "2019-10-30 16:00", 100)
        assert as_of("2019-10-30 15:59", noted).earned == 0
        assert as_of("2019-10-30 16:00", noted).earned == 16

    def test_compares_instants_not_wall_clocks(self):
        noted = StepProgress("1.1", "1", datetime(2019, 10, 30, 9, 30, tzinfo=UTC), 100)  # 16:30 in Bangkok
        assert as_of("2019-10-30 16:29", noted).earned == 0
        assert as_of("2019-10-30 16:30", noted).earned == 16

    def test_of_nothing_entered_is_nothing(self):
        progress = as_of("2019-10-30 15:59")
        assert progress.earned == 0
        assert isinstance(progress.earned, Fraction)

    @given(data=st.data(), plan=plans(), now=moments)
    def test_does_not_depend_on_the_order_of_entries_of_different_moments(self, data, plan, now):
        entries = list({each.at: each for each in data.draw(entries_of(plan))}.values())
        shuffled = data.draw(st.permutations(entries))
        assert plan.progress(entries, as_of=now, clock=CLOCK) == plan.progress(shuffled, as_of=now, clock=CLOCK)

    @given(data=st.data(), plan=plans(), now=moments)
    def test_lies_between_nothing_and_all_and_its_steps_add_up(self, data, plan, now):
        entries = data.draw(entries_of(plan))
        progress = plan.progress(entries, as_of=now, clock=CLOCK)
        assert 0 <= progress.earned <= 100
        assert progress.planned == sum(one.planned for one in progress.steps)
        assert progress.variance == progress.earned - progress.planned
        done = [StepProgress(plan.number, step.number, now, 100) for step in plan.steps]
        assert plan.progress([*entries, *done], as_of=now, clock=CLOCK).earned == 100

    @given(data=st.data(), plan=plans(), now=moments)
    def test_as_of_the_past_is_what_the_entries_up_to_then_say(self, data, plan, now):
        entries = data.draw(entries_of(plan))
        early = [each for each in entries if each.at <= now]
        assert plan.progress(entries, as_of=now, clock=CLOCK) == plan.progress(early, as_of=now, clock=CLOCK)


class TestPlannedProgress:
    def test_adds_up_month_by_month(self):
        assert list(PLAN.planned().items())[:3] == [("2019-10", 23), ("2019-11", 30), ("2019-12", 37)]
        assert PLAN.planned()["2020-09"] == 100

    def test_stands_for_the_month_and_for_the_month_before(self):
        progress = as_of("2019-11-15 12:00")
        assert (progress.month, progress.planned_before, progress.planned) == ("2019-11", 23, 30)
        assert [one.planned for one in progress.steps] == [16, 14]

    def test_is_nothing_before_the_year_and_everything_after_it(self):
        before, first, after = as_of("2019-09-30 12:00"), as_of("2019-10-01 12:00"), as_of("2020-10-01 09:00")
        assert (before.planned_before, before.planned) == (0, 0)
        assert (first.planned_before, first.planned) == (0, 23)
        assert (after.planned_before, after.planned) == (100, 100)

    def test_belongs_to_the_offices_month(self):
        # 17:30 in UTC on 31 October is 1 November in Bangkok.
        assert PLAN.progress([], as_of=datetime(2019, 10, 31, 17, 30, tzinfo=UTC), clock=CLOCK).month == "2019-11"

    def test_is_unknown_when_the_months_of_one_step_are(self):
        plan = evolve(PLAN, steps=(FORMS, evolve(SCREEN, shares=())))
        assert plan.planned() == {}
        progress = as_of("2019-11-15 12:00", entry("1", "2019-10-30 16:00", 100), plan=plan)
        assert (progress.planned, progress.planned_before, progress.variance, progress.schedule) == (None,) * 4
        assert progress.earned == 16
        assert [one.planned for one in progress.steps] == [16, None]

    @given(plan=plans())
    def test_never_falls_and_ends_at_a_hundred(self, plan):
        points = list(plan.planned().values())
        assert points == sorted(points)
        assert points[-1] == 100
        assert list(plan.planned()) == list(YEAR)

    @given(plan=plans(), now=moments)
    def test_as_of_a_moment_is_what_the_table_says_of_its_month(self, plan, now):
        progress = plan.progress([], as_of=now, clock=CLOCK)
        table = {"2019-09": 0, **plan.planned(), "2020-10": 100, "2020-11": 100}
        assert progress.planned == table[progress.month]
        before = [points for month, points in table.items() if month < progress.month]
        assert progress.planned_before == (before[-1] if before else 0)


class TestSchedule:
    @pytest.mark.parametrize(
        ("percent", "now", "schedule"),
        [
            # 23 is planned by the end of October, 30 by the end of November.
            (Fraction(6, 84) * 100, "2019-11-15 12:00", "behind"),
            (Fraction(7, 84) * 100, "2019-11-15 12:00", "on plan"),
            (Fraction(14, 84) * 100, "2019-11-15 12:00", "on plan"),
            (Fraction(15, 84) * 100, "2019-11-15 12:00", "ahead"),
            (Fraction(13, 84) * 100, "2019-11-29 16:29", "on plan"),
            (Fraction(13, 84) * 100, "2019-11-29 16:30", "behind"),  # a Friday: the month's last working day is over
            (Fraction(14, 84) * 100, "2019-11-29 16:30", "on plan"),
            (99, "2020-09-30 16:30", "behind"),
            (100, "2020-09-30 16:30", "on plan"),
            (99, "2020-10-01 09:00", "behind"),
            (0, "2019-09-15 12:00", "ahead"),  # the forms are ready before anything is planned
        ],
    )
    def test_a_months_own_points_are_due_when_the_office_will_not_open_in_it_again(self, percent, now, schedule):
        entries = [entry("1", "2019-09-01 09:00", 100), entry("2", "2019-09-01 09:00", percent)]
        assert as_of(now, *entries).schedule == schedule

    def test_the_variance_is_to_the_end_of_the_month(self):
        progress = as_of("2019-11-15 12:00", entry("1", "2019-10-30 16:00", 100))
        assert (progress.variance, progress.schedule) == (-14, "behind")
        assert (progress.plan, progress.as_of, progress.month) == ("1.1", moment("2019-11-15 12:00"), "2019-11")

    def test_the_last_month_that_the_calendar_holds_is_over_too(self):
        months = Window(*fiscal_year_span(2571)).months()
        plan = evolve(PLAN, months=months, steps=[WorkStep("1", "all", 100, in_month("2027-12", 100))])
        for now, schedule in (("2027-12-30 16:29", "on plan"), ("2027-12-31 23:00", "behind")):
            assert as_of(now, plan=plan).schedule == schedule

    def test_in_a_year_that_the_calendar_lacks_nobody_knows_when_the_month_is_over(self):
        plan = evolve(PLAN, months=("2010-01",), steps=[WorkStep("1", "all", 100, in_month("2010-01", 100))])
        with pytest.raises(OutsideCalendarError, match="2010"):
            as_of("2010-01-15 12:00", plan=plan)
        any_year = WorkClock(OfficeHours(opens=CLOCK.hours.opens, closes=CLOCK.hours.closes), WorkingWeek(), zone="UTC")
        assert as_of("2010-01-15 12:00", plan=plan, clock=any_year).schedule == "on plan"

    def test_outside_the_plans_months_no_calendar_is_asked(self):
        for now, schedule in (("2010-01-15 12:00", "on plan"), ("2040-01-15 12:00", "behind")):
            progress = as_of(now)
            assert (progress.month_over, progress.schedule) == (False, schedule)


class TestSteps:
    def test_planned_together_share_each_month_by_their_weights(self):
        three, one = together(spread(10, YEAR[:4]), evolve(FORMS, weight=30), evolve(SCREEN, weight=10))
        assert three.shares == spread(Fraction(15, 2), YEAR[:4])
        assert one.shares == spread(Fraction(5, 2), YEAR[:4])

    @given(loads=st.lists(st.integers(1, 20), min_size=1, max_size=12), parts=st.lists(st.integers(1, 20), min_size=1))
    def test_planned_together_make_their_weights_and_the_joint_months(self, loads, parts):
        joint = tuple(zip(YEAR, map(Fraction, loads), strict=False))
        weights = [Fraction(part * sum(loads), sum(parts)) for part in parts]
        steps = together(joint, *(evolve(FORMS, weight=weight) for weight in weights))
        assert [sum(points for _, points in step.shares) for step in steps] == weights
        assert [sum(step.shares[n][1] for step in steps) for n in range(len(joint))] == [points for _, points in joint]

    def test_take_their_shares_as_a_table_too(self):
        assert WorkStep("1", "–", 5, {"2019-10": 2, "2019-11": 3}).shares == (("2019-10", 2), ("2019-11", 3))

    @pytest.mark.parametrize("made", [lambda: WorkStep("1", "–", 0.1), lambda: in_month("2019-10", 0.1)])
    def test_know_no_floats(self, made):
        with pytest.raises(TypeError) as refused:
            made()
        assert str(refused.value) == ('0.1 is not exact; give a whole number or a Fraction, such as Fraction("7.5")')

    def test_one_month_alone_is_not_several(self):
        with pytest.raises(TypeError, match=r"^'2019-10' is one month; give several, such as \['2019-10'\]$"):
            spread(2, "2019-10")

    def test_that_weigh_nothing_share_nothing(self):
        with pytest.raises(ValueError, match="^these steps weigh nothing together; give them their weights"):
            together(in_month("2019-10", 5), WorkStep("1", "–", 0), WorkStep("2", "–", 0))


class TestRefusals:
    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"steps": ()}, "the weights of its steps make 0; correct them to make 100"),
            ({"steps": (SCREEN,)}, "the weights of its steps make 84; correct them to make 100"),
            (
                {"steps": (FORMS, evolve(SCREEN, number="1"))},
                "its steps are numbered 1, 1; give each a number of its own",
            ),
            (
                {"steps": (FORMS, evolve(SCREEN, shares=spread(7, YEAR[1:])))},
                "the shares of step 2 make 77; correct them to make 84",
            ),
            ({"months": YEAR[1:]}, "step 1 is planned for 2019-10; give months of the plan, each once"),
            ({"months": YEAR[::-1]}, f"its months are {', '.join(YEAR[::-1])}; give each once, in order"),
            (
                {"steps": (evolve(FORMS, shares=in_month("2019-10", 8) * 2), SCREEN)},
                "step 1 is planned for 2019-10, 2019-10; give months of the plan, each once",
            ),
            (
                {"steps": (evolve(FORMS, shares={"2019-10": 17, "2019-11": -1}), SCREEN)},
                "step 1 weighs nothing or has a share below nothing; give positive ones",
            ),
            (
                {"steps": (FORMS, SCREEN, WorkStep("3", "–", 0))},
                "step 3 weighs nothing or has a share below nothing; give positive ones",
            ),
        ],
    )
    def test_a_plan_that_contradicts_itself_is_none(self, changes, problem):
        with pytest.raises(WorkPlanError) as refused:
            evolve(PLAN, **changes)
        assert str(refused.value) == f"work plan '1.1': {problem}"

    def test_an_entry_of_another_plan_is_refused_even_when_it_lies_ahead(self):
        other = StepProgress("1.2", "1", moment("2020-01-01 09:00"), 50)
        with pytest.raises(WorkPlanError) as refused:
            as_of("2019-11-15 12:00", other)
        assert str(refused.value) == "work plan '1.1': an entry is of plan '1.2'; give each plan its own entries"

    def test_an_entry_of_an_unknown_step_is_refused(self):
        with pytest.raises(WorkPlanError) as refused:
            as_of("2019-11-15 12:00", entry("3", "2019-11-01 09:00", 50))
        assert str(refused.value) == "work plan '1.1': it has no step '3'; choose 1, 2"

    @pytest.mark.parametrize("percent", [-1, Fraction(201, 2)])
    def test_a_percentage_lies_between_0_and_100(self, percent):
        with pytest.raises(WorkPlanError) as refused:
            entry("1", "2019-11-01 09:00", percent)
        assert str(refused.value) == (
            f"work plan '1.1': step 1 is said to be {percent} % done; give 0–100, of all its work so far"
        )

    def test_a_naive_moment_is_refused(self):
        with pytest.raises(NaiveDatetimeError):
            StepProgress("1.1", "1", datetime(2019, 11, 1), 50)
        with pytest.raises(NaiveDatetimeError):
            PLAN.progress([], as_of=datetime(2019, 11, 1), clock=CLOCK)

    def test_plans_and_progress_are_values(self):
        assert pickle.loads(pickle.dumps(PLAN)) == PLAN  # noqa: S301 - our own
        assert hash(PLAN) == hash(evolve(PLAN))
        later = moment("2019-11-15 12:00") + timedelta(days=1)
        assert PLAN.progress([], as_of=later, clock=CLOCK) == PLAN.progress(iter(()), as_of=later, clock=CLOCK)


# Copied from the plan's own cumulative rows (lines 712, 732, 753, 771 and 790), October to September.
CUMULATIVE = {
    "1.1 screening": [17, 24, 31, 38, 45, 52, 59, 66, 73, 80, 87, 100],
    "1.2": [4, 8, 17, 26, 72, 76, 80, 84, 88, 92, 96, 100],
    "1.3": [17, 23, 30, 37, 43, 50, 57, 63, 70, 77, 84, 100],
    "1.4": [10, 27, 34, 41, 48, 55, 62, 69, 76, 83, 90, 100],
    "1.5": [10, 17, 24, 31, 38, 45, 52, 59, 66, 73, 80, 100],
}
# Its columns of weights; 84 and 77 are the joint weights of steps 2 to 5, which are one here.
WEIGHTS = {
    "1.1 exchange": [10, 12, 12, 30, 36],
    "1.1 screening": [10, 84, 6],
    "1.2": [10, 22, 20, 24, 24],
    "1.3": [5, 15, 30, 20, 20, 10],
    "1.4": [10, 10, 20, 50, 10],
    "1.5": [10, 77, 13],
}


class TestTheOfficesPlans:
    def test_are_the_six_of_the_plan(self):
        assert [plan.number for plan in WORK_PLANS] == list(WEIGHTS)
        assert all(plan.owner in UNITS for plan in WORK_PLANS)

    @pytest.mark.parametrize("plan", WORK_PLANS, ids=lambda plan: plan.number)
    def test_have_the_weights_of_the_plan(self, plan):
        assert [step.weight for step in plan.steps] == WEIGHTS[plan.number]

    @pytest.mark.parametrize("plan", [plan for plan in WORK_PLANS if plan.planned()], ids=lambda plan: plan.number)
    def test_add_up_to_the_cumulative_row_of_the_plan(self, plan):
        assert plan.planned() == dict(zip(YEAR, CUMULATIVE[plan.number], strict=True))

    def test_say_nothing_of_when_where_the_plan_is_lost(self):
        assert [plan.number for plan in WORK_PLANS if not plan.planned()] == ["1.1 exchange"]
        exchange = WORK_PLANS[0]
        assert [step.number for step in exchange.steps if step.shares] == ["1"]

    def test_are_the_same_every_year_in_its_own_months(self):
        for now, then in zip(WORK_PLANS, work_plans(2564), strict=True):
            assert list(now.planned().values()) == list(then.planned().values())
            assert (then.months[0], then.months[-1]) == ("2020-10", "2021-09")
            assert evolve(then, months=YEAR, steps=now.steps) == now

    def test_steps_planned_together_are_planned_by_their_weights(self):
        complaints = {step.number: step for step in WORK_PLANS[3].steps}
        october = {number: step.planned("2019-10") for number, step in complaints.items()}
        assert october["2"] == Fraction(12 * 15, 85)
        assert october["3"] == 2 * october["2"]
        assert sum(october.values()) == 17

    def test_done_by_the_end_of_the_year_are_on_plan(self):
        end = year_end(CLOCK)
        for plan in WORK_PLANS[1:]:
            done = [StepProgress(plan.number, step.number, end, 100) for step in plan.steps]
            assert plan.progress(done, as_of=end, clock=CLOCK).schedule == "on plan"
            assert plan.progress(done[1:], as_of=end, clock=CLOCK).schedule == "behind"


@pytest.mark.parametrize("month", ["2019-13", "2019-1", "ต.ค. 2562", 10])
def test_a_month_of_a_work_plan_is_written_in_one_way(month):
    with pytest.raises(WorkPlanError, match="is no month; give it like '2019-10'"):
        WorkPlan("1", "–", owner="–", months=[month], steps=[WorkStep("1", "–", 100)], source="–")
