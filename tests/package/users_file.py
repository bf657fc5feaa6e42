"""What a user writes, fully typed: checked by mypy (strict) and pyright against the installed wheel, then run."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from docflow import (
    Actor,
    Case,
    Duration,
    Hours,
    Indicator,
    Letter,
    OfficeHours,
    Plan,
    Right,
    ThaiGovernment,
    Transition,
    Window,
    WorkClock,
    Workflow,
    WorkingDays,
    WorkTime,
    at_most,
    reached,
)
from docflow.errors import DocflowError
from docflow.worktime import NO_PAUSES, WALL_CLOCK, Limit, Moments, Pauses, Ticks

BANGKOK = ZoneInfo("Asia/Bangkok")


def our_clock() -> WorkClock:
    """The office's clock."""
    return WorkClock(
        OfficeHours(opens=time(8, 30), closes=time(16, 30)), ThaiGovernment(area="bangkok"), zone="Asia/Bangkok"
    )


class NoonOfTheNextDay(Limit):
    """A limit of one's own."""

    def ticks(self, clock: Moments) -> Ticks:  # noqa: ARG002 - always the wall clock
        """A pause gives back its whole length."""
        return WALL_CLOCK

    def due_instant(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:
        """Noon of the next day, moved by what was paused until then."""
        end = clock.at_wall(clock.date_of(start) + timedelta(days=1), time(12))
        took = sum(until - since for since, until in pauses.within(start, end))
        return pauses.due(end, took, self.ticks(clock)) if took else end


def our_workflow() -> Workflow:
    """The letters' workflow."""
    return Workflow(
        "incoming letter",
        initial="registered",
        transitions=(
            Transition("hand_over", "registered", "taken_over", may=[Right("registrar")]),
            Transition("submit", "taken_over", "submitted"),
        ),
    )


def a_case(workflow: Workflow) -> Case:
    """One letter on its way."""
    somchai = Actor("Somchai", "registrar")
    received = datetime(2019, 11, 1, 16, 20, tzinfo=BANGKOK)
    case = workflow.open(Letter(number="1/2563"), at=received, by=somchai)
    return case.apply("hand_over", at=datetime(2019, 11, 6, 8, 32, tzinfo=BANGKOK), by=somchai)


def figures(case: Case, clock: WorkClock) -> tuple[Fraction | None, bool | None, str]:
    """The mean, whether the target is met, and the explanation."""
    handing_over = Duration("handing over", start=reached("registered"), stop=reached("taken_over"))
    plan = Plan(
        title="our plan",
        year=Window(date(2019, 10, 1), date(2020, 9, 30)),
        clock=clock,
        indicators=[
            Indicator(number="1.5", title="mean time", of="letters", measure=handing_over, target=at_most(12)),
        ],
    )
    outcome = plan.evaluate({"letters": [case]}, as_of=case.history[-1].at)["1.5"]
    return outcome.value, outcome.met, outcome.explain()


def main() -> None:
    """Print what a user wants to know."""
    clock, case = our_clock(), a_case(our_workflow())
    start, stop = case.history[0].at, case.history[-1].at
    worked: WorkTime = clock.elapsed(start, stop)
    due: datetime = (WorkingDays(2) | Hours(48)).due(start, clock)
    noon: datetime = NoonOfTheNextDay().due(start, clock)
    assert noon.hour == time(12).hour
    print(worked, due.isoformat(), *figures(case, clock), sep="\n")
    try:
        case.apply("hand_over", at=stop, by="Somying")
    except DocflowError as refusal:
        print(refusal)


if __name__ == "__main__":
    main()
