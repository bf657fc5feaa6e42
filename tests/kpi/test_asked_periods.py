"""What people asked about months, limits by case, ageing and lateness; each is named after what went wrong for them."""

from datetime import date
from fractions import Fraction

from small_office import CLOCK, JANUARY, YEAR, at, bins, names, reasons, trace

from docflow import Duration, Proportion, WorkingDays, WorkTime, reached
from docflow.kpi import Count, LimitBy, ageing, due_by, overdue
from docflow.worktime import Extended, Extension, OfficeTime, Period

CAME, WENT = reached("came"), reached("went")


class TestWhatWasClosedInAMonthIsCountedByTheMonthItWasOpenedIn:
    """A report "closed in January" left out what had been opened in December, and held what was closed in February."""

    tickets = (
        trace("December", ("came", "2019-12-20 09:00"), ("went", "01-10 09:00")),  # 15 days of 8 hours
        trace("late evening", ("came", "01-06 09:00"), ("went", "01-31 17:30")),  # 20 days
        trace("weekend", ("came", "01-30 10:00"), ("went", "02-01 11:00")),
        trace("long", ("came", "01-21 09:00"), ("went", "02-28 09:00")),
        trace("open", ("came", "01-15 09:00"), ("asked", "03-02 09:00")),
    )
    closed = Count(Proportion("closed", start=CAME, stop=WENT, dated_by="stop"))

    def test_the_closing_month_says_where_it_belongs(self):
        result = self.closed.read(self.tickets, CLOCK, window=YEAR)
        assert result.value == 4
        months = {month: (part.value, names(part.counted)) for month, part in result.by_month().items()}
        assert months == {
            "2020-01": (2, ["December", "late evening"]),
            "2020-02": (2, ["weekend", "long"]),
        }
        assert reasons(result.excluded) == {"open": "had not reached went"}

    def test_a_report_on_one_month_holds_the_same(self):
        result = self.closed.read(self.tickets, CLOCK, window=JANUARY)
        assert names(result.counted) == ["December", "late evening"]
        assert reasons(result.excluded) == {
            "weekend": "stopped outside 2020-01-01 – 2020-01-31",
            "long": "stopped outside 2020-01-01 – 2020-01-31",
            "open": "had not reached went",
        }

    def test_the_mean_time_to_close_is_of_those_closed_in_the_month(self):
        took = Duration("took", start=CAME, stop=WENT, dated_by="stop").read(self.tickets, CLOCK, window=YEAR)
        assert took.by_month()["2020-01"].mean == Fraction((15 + 20) * 8 * 60, 2)


class TestOneLimitForAllWhereTheLawOfEachBodyHasItsOwn:
    """Federal bodies have 30 days of the calendar, those of a state 20 working days; one percentage is published."""

    promise = LimitBy(
        "jurisdiction", lambda one: one.number.split()[0], {"federal": Period(days=30), "state": WorkingDays(20)}
    )
    answered = Duration("answered", start=CAME, stop=WENT, pausing=("asked",))

    def request(self, number, went, *, paused=False):
        """It came on Monday 6 January; what is paused waited for the applicant for two days of eight hours."""
        asked = [("asked", "01-20 10:00"), ("clarified", "01-22 10:00")] if paused else []
        return trace(number, ("came", "01-06 10:00"), *asked, ("went", went))

    def test_each_is_judged_by_its_own_and_counted_in_one_percentage(self):
        requests = [
            self.request("federal 1", "02-05 17:00"),  # the 30th day, a Wednesday
            self.request("federal 2", "02-06 09:01"),
            self.request("federal 3", "02-07 17:00", paused=True),
            self.request("state 1", "02-03 17:00"),  # the 20th working day
            self.request("state 2", "02-04 09:01"),
            self.request("state 3", "02-05 17:00", paused=True),
            self.request("state 4", "02-06 09:01", paused=True),
        ]
        result = self.answered.within(self.promise).read(requests, CLOCK, window=JANUARY)
        assert bins(result) == {
            "counted": ["federal 1", "federal 3", "state 1", "state 3"],
            "late": ["federal 2", "state 2", "state 4"],
        }
        assert result.value == Fraction(400, 7)
        assert {one.record.number: one.due for one in result.observations if one.record.number[-1] in "13"} == {
            "federal 1": at("02-05 17:00"),
            "federal 3": at("02-07 17:00"),
            "state 1": at("02-03 17:00"),
            "state 3": at("02-05 17:00"),
        }


class TestAnExtensionThatWasTakenBackForgotThePauses:
    """Removing an extension set the deadline back to the first one, as if the case had never been paused."""

    longer = Extension(
        Period(days=60), reason="complex", source="case 7", announced=date(2020, 1, 20), withdrawn=date(2020, 2, 3)
    )
    promise = LimitBy("kind", lambda _: "access", {"access": Extended(Period(days=30), longer)})
    case = trace(
        "7", ("came", "01-06 10:00"), ("asked", "01-13 09:00"), ("clarified", "01-15 09:00"), ("went", "02-10 11:00")
    )

    def seen(self, text):
        measure = Duration("answered", start=CAME, stop=WENT, pausing=("asked",)).within(self.promise)
        (one,) = measure.read([self.case], CLOCK, window=JANUARY, as_of=at(text)).observations
        return str(one.bin), one.due, str(one.overdue)

    def test_each_day_is_told_as_it_was_known_and_the_pause_stays(self):
        # The 30th day is Wednesday 5 February, the 60th Friday 6 March; two days of eight hours were paused.
        assert {
            text: self.seen(f"{text} 18:00") for text in ("01-19", "01-20", "02-02", "02-03", "02-07", "02-10")
        } == {
            "01-19": ("running", at("02-07 17:00"), "0 min"),
            "01-20": ("running", at("03-10 17:00"), "0 min"),
            "02-02": ("running", at("03-10 17:00"), "0 min"),
            "02-03": ("running", at("02-07 17:00"), "0 min"),
            "02-07": ("late", at("02-07 17:00"), "0 min"),  # late, though the office has not worked since
            "02-10": ("late", at("02-07 17:00"), "2 h"),
        }


class TestAgeingOfOpenCasesCountsTheWallAndMixesTheGroups:
    """A table of open cases by team and by age, where nights, weekends and what waits for others are no age."""

    answered = Duration("answered", start=CAME, stop=WENT, pausing=("asked",)).within(WorkingDays(3))
    now = at("01-17 13:00")  # a Friday
    cases = (
        trace("north today", ("came", "01-17 10:00")),  # 3 h
        trace("north yesterday", ("came", "01-16 13:00")),  # exactly 8 h
        trace("north week", ("came", "01-10 13:00")),  # exactly 40 h
        trace("north waits", ("came", "01-10 13:00"), ("asked", "01-10 15:00")),  # 2 h, the rest is the applicant's
        trace("south minute", ("came", "01-10 13:01")),  # a minute less than 40 h
        trace("south done", ("came", "01-02 09:00"), ("went", "01-16 10:00")),
        trace("south night", ("came", "01-16 20:00")),  # 4 h
    )

    def test_each_team_has_its_bands(self):
        table = {}
        for team in ("north", "south"):
            mine = [one for one in self.cases if one.number.startswith(team)]
            result = self.answered.read(mine, CLOCK, window=JANUARY, as_of=self.now)
            bands = ageing(result, (WorkTime(hours=8), WorkTime(hours=40)))
            table[team] = {band: names(part.observations) for band, part in bands.items()}
        assert table == {
            "north": {
                "under 8 h": ["north today", "north waits"],
                "8 h to under 40 h": ["north yesterday"],
                "40 h and more": ["north week"],
            },
            "south": {
                "under 8 h": ["south night"],
                "8 h to under 40 h": ["south minute"],
                "40 h and more": [],
            },
        }

    def test_late_and_running_ones_are_both_open(self):
        result = self.answered.read(self.cases, CLOCK, window=JANUARY, as_of=self.now)
        bands = ageing(result, (WorkTime(hours=8), WorkTime(hours=40)))
        assert bins(bands["8 h to under 40 h"]) == {"late": ["south minute"], "running": ["north yesterday"]}


class TestFailedByMinusThirtyFourMinutes:
    """How late a ticket was is told in office time; one without a resolution was shown as failed by a negative time."""

    resolved = Duration("resolved", start=CAME, stop=WENT, pausing=("asked",)).within(OfficeTime(hours=4))
    tickets = (
        trace("in time", ("came", "01-06 09:00"), ("went", "01-06 13:00")),
        trace("over a weekend", ("came", "01-10 12:00"), ("went", "01-13 09:34")),  # due on Friday 16:00
        trace("open", ("came", "01-13 09:00")),  # due at 13:00
        trace("running", ("came", "01-13 14:00")),
        trace("paused", ("came", "01-13 09:00"), ("asked", "01-13 14:00"), ("back", "01-13 15:00")),
    )

    def test_lateness_is_office_time_and_never_negative(self):
        result = self.resolved.read(self.tickets, CLOCK, window=JANUARY, as_of=at("01-13 16:00"))
        assert {one.record.number: str(one.overdue) for one in result.observations} == {
            "in time": "0 min",
            "over a weekend": "1 h 34 min",
            "open": "3 h",
            "running": "0 min",
            "paused": "2 h",
        }
        found = overdue(result)
        assert names(found.late) == ["open", "paused", "over a weekend"]
        assert (found.total, found.mean_minutes) == (WorkTime(hours=6, minutes=34), Fraction(394, 3))
        assert [(one.record.number, str(one.bin)) for one in due_by(result, at("01-14 12:00"))] == [
            ("open", "late"),
            ("paused", "late"),
            ("running", "running"),
        ]
