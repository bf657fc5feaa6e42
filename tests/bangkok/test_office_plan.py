"""The plan of the office, indicator by indicator, on records of which every moment stands in the test."""

from datetime import UTC, date, datetime

from attrs import evolve
from small_indicators import step
from small_office import BANGKOK, bins, names

from docflow import Duration, Window, WorkingDays
from docflow.bangkok import PLAN_2563, office_clock, plan_of, year_end
from docflow.kpi import WANTED, Indicator, Plan, Record, reached
from docflow.text import Text


class TestTheOfficesPlan:
    """Indicators of B.E. 2563 whose readings and reasons the sample year does not tell apart."""

    end = year_end(office_clock())

    def evaluate(self, **records):
        return PLAN_2563.evaluate({name.replace("_", " "): some for name, some in records.items()}, as_of=self.end)

    def test_says_which_years_it_rests_on_whose_holidays_are_not_all_announced(self):
        took = Duration("took", start=reached("came"), stop=reached("went"))
        report = Indicator(number="1", title=Text("–", "–"), of="letters", measure=took.within(WorkingDays(7)))
        quarter = Window(date(2026, 10, 1), date(2026, 12, 31))
        ours = Plan(title=Text("–", "–"), year=quarter, clock=office_clock(), indicators=[report])
        for came, went, years in (
            ("2026-12-14 10:00", "2026-12-15 10:00", ()),
            ("2026-12-28 10:00", "2026-12-29 10:00", (2027,)),  # the day it is due is in the year to come
            ("2026-12-14 10:00", "2027-01-04 10:00", (2027,)),
        ):
            letter = Record("1/2569", [step("came", came), step("went", went)])
            found = ours.evaluate({"letters": [letter]}, as_of=datetime(2027, 1, 5, 9, tzinfo=BANGKOK))
            assert found["1"].provisional == found.provisional == years
            said = "! the holidays of 2027 are not all announced: figures may change"
            assert (said in found["1"].explain().splitlines()) == bool(years)
            assert ("พ.ศ. 2570 ยังประกาศไม่ครบ" in found["1"].explain("th")) == bool(years)
        waiting = Record("2/2569", [step("came", "2026-12-28 10:00")])
        found = ours.evaluate({"letters": [waiting]}, as_of=datetime(2026, 12, 29, 9, tzinfo=BANGKOK))
        assert found["1"].provisional == (2027,), "it is due on a day of next year, which has not begun"
        wanted = evolve(report, measure=took.within(WANTED))
        letter = evolve(letter, wanted_by=datetime.max.replace(tzinfo=UTC))
        found = evolve(ours, indicators=[wanted]).evaluate({"letters": [letter]}, as_of=self.end.replace(year=2027))
        assert found["1"].provisional == (), "no calendar has a say in a moment that the letter names"
        assert evolve(ours, year=plan_of(2570).year).evaluate({}, as_of=self.end).provisional == (2027,)
        assert evolve(ours, year=plan_of(2569).year).evaluate({}, as_of=self.end).provisional == ()

    def test_has_the_indicators_of_the_plan(self):
        assert [one.number for one in PLAN_2563.indicators] == [
            "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "1.10",
            "2.1", "2.2.1", "2.2.2", "3.1(a)", "3.1(b)", "3.2", "3.3", "4.1", "4.2",
        ]  # fmt: skip  # as in the plan
        assert {one.number: str(one.target.direction) + str(one.target.value) for one in PLAN_2563 if one.target} == {
            "1.1": "≥100", "1.1 B": "≥80", "1.2": "≥90", "1.3": "≥100", "1.4": "≥100", "1.5": "≤12", "1.6": "≥95",
            "1.7": "≥90", "1.8": "≥100", "1.9": "≥100", "1.10": "≥12",
        }  # fmt: skip  # a table

    def test_certificates_are_told_apart_by_the_reading_of_three_working_days(self):
        # Wednesday 8 January, 13:00: the third working day after is Monday the 13th, the third with it Friday the 10th,
        # and 24 office hours end on Monday at 13:00.
        def asked(number, submitted):
            return Record(number, (step("requested", "2020-01-08T13:00"), step("submitted", submitted)))

        found = self.evaluate(
            certificates=[
                asked("fri", "2020-01-10T16:30"),
                asked("mon", "2020-01-13T13:00"),
                asked("13:01", "2020-01-13T13:01"),
            ]
        )["1.8"]
        counted = {name: names(result.counted) for name, result in found.alternatives.items()}
        assert counted == {
            "working_days": ["fri", "mon", "13:01"],
            "working_days_counting_first": ["fri"],
            "office_time": ["fri", "mon"],
        }
        assert (found.value, found.met) == (100, True)

    def test_council_documents_are_complete_when_the_last_of_them_is_there(self):
        meets = datetime(2020, 1, 20, 10, tzinfo=BANGKOK)
        history = (
            step("meeting_called", "2020-01-06T09:00"),
            step("delivered", "2020-01-15T09:00"),
            step("compiled", "2020-01-16T09:00"),
            step("delivered", "2020-01-20T10:01"),
        )
        for told in (history, history[:-1]):  # the supplement came too late, or never
            found = self.evaluate(council_documents=[Record("1", told, wanted_by=meets)])["1.9"]
            assert {name: result.value for name, result in found.alternatives.items()} == {
                "complete": 0,
                "first_delivery": 100,
            }
            assert found.value == 0

    def test_reimbursements_are_counted_by_times_or_by_months(self):
        claims = [
            Record(
                str(n),
                (step("worked", "2020-01-01T00:00"), step("reimbursed", f"2020-01-{n:02}T10:00")),
                wanted_by=datetime(2020, 1, 31, 16, 30, tzinfo=BANGKOK),
            )
            for n in (6, 7)
        ]
        found = self.evaluate(reimbursements=claims)["1.10"]
        assert {name: result.value for name, result in found.alternatives.items()} == {"times": 2, "months": 1}

    def test_a_letter_that_came_back_from_the_governor_was_not_correct(self):
        histories = {
            "clean": ["screened", "submitted"],
            "corrected before": ["screened", "awaiting_correction", "screened", "submitted"],
            "waiting": ["screened"],
        }
        letters = [
            Record(name, tuple(step(state, f"2020-01-06T{9 + n:02}:00") for n, state in enumerate(states)))
            for name, states in histories.items()
        ]
        back = Record(
            "sent back",
            (
                step("screened", "2020-01-06T09:00"),
                step("submitted", "2020-01-06T10:00"),
                step("send_back", "2020-01-06T11:00"),
            ),
        )
        found = self.evaluate(internal_letters=[*letters, back])["1.6"]
        assert {name: bins(result) for name, result in found.alternatives.items()} == {
            "as_presented": {"counted": ["clean", "corrected before"], "missed": ["sent back"], "running": ["waiting"]},
            "at_first_check": {
                "counted": ["clean", "sent back"],
                "missed": ["corrected before"],
                "running": ["waiting"],
            },
        }

    def test_of_another_year_has_its_own_window_and_title(self):
        other = plan_of(2564)
        assert other.year == Window(date(2020, 10, 1), date(2021, 9, 30))
        assert "2564" in other.title.th
        assert "B.E. 2564" in other.title.en
        assert [one.number for one in other] == [one.number for one in PLAN_2563]
        assert other.indicators[:10] == PLAN_2563.indicators[:10]
        assert "พ.ศ. 2563" in other["2.2.2"].title.th, "two of the others are about the year before"
        letter = Record("1", (step("registered", "2020-11-16T09:00"), step("taken_over", "2020-11-16T09:10")))
        found = other.evaluate({"letters": [letter]}, as_of=datetime(2021, 9, 30, 16, 30, tzinfo=BANGKOK))["1.5"]
        assert (found.value, found.window) == (10, Window(date(2020, 11, 1), date(2021, 8, 31)))

    def test_explains_every_indicator_in_both_languages(self):
        for one in self.evaluate():
            english, thai = one.explain(), one.explain("th")
            assert english.splitlines()[0] == str(one.indicator)
            assert thai.splitlines()[0] == f"{one.indicator.number} {one.indicator.title.th}"
            assert len(english.splitlines()) == len(thai.splitlines())
