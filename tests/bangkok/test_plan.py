"""The whole plan over the sample year, computed twice: by the library, and by a second program that shares nothing."""

from datetime import UTC, date, datetime
from fractions import Fraction

import plan_oracle
import pytest
from plan_oracle import Files, figures, targets
from scripts import DATA

from docflow.bangkok import PLAN_2563
from docflow.bangkok.files import read_records, read_register
from docflow.kpi import Bin

MOMENTS = ("2020-01-31T16:30+07:00", "2020-05-15T12:00+07:00", "2020-09-30T16:30+07:00")
OFFICIAL = {
    "1.1 A": "working_days_or_hours", "1.4": "stored", "1.6": "as_presented", "1.8": "working_days",
    "1.3": "still_resolved", "1.9": "complete", "1.10": "months",
}  # fmt: skip  # a table


@pytest.fixture(scope="module")
def files():
    return Files(DATA)


@pytest.fixture(scope="module")
def year():
    return read_records(DATA)


@pytest.fixture(scope="module")
def records(year):
    return {**year.records, "letters": read_register(DATA / "register-2563.csv").cases}


@pytest.fixture(scope="module", params=MOMENTS)
def both(request, files, records):
    """The library's evaluation and the other program's figures, as of one moment."""
    now = datetime.fromisoformat(request.param)
    return PLAN_2563.evaluate(records, as_of=now), figures(files, now)


def said(result):
    """A result in the other program's words."""
    return result.numerator, result.denominator, result.value, sizes(result.bins)


def expected(figure):
    return figure.numerator, figure.denominator, figure.value, {Bin(name): n for name, n in figure.bins.items()}


def sizes(bins):
    return {name: len(some) for name, some in bins.items() if some}


def results(evaluation, number, reading):
    outcome = evaluation[number]
    return outcome.alternatives[reading] if reading else outcome.result


class TestTheSampleYear:
    def test_both_programs_leave_out_the_same_rows(self, files, year):
        register = read_register(DATA / "register-2563.csv")
        mine = {file: rows for file, rows in files.left_out.items() if rows}
        faults = {**year.faults, "register-2563.csv": register.faults}
        theirs = {file: sorted({fault.row for fault in some}) for file, some in faults.items()}
        assert mine == {file: rows for file, rows in theirs.items() if file != "work-progress.csv"}

    def test_every_figure_is_the_same_under_every_reading(self, both):
        evaluation, figures = both
        for (number, reading), (figure, _) in figures.items():
            assert said(results(evaluation, number, reading)) == expected(figure), (number, reading)

    def test_the_official_reading_decides(self, both):
        evaluation, figures = both
        for (number, reading), (figure, _) in figures.items():
            if reading == OFFICIAL.get(number, ""):
                assert said(evaluation[number]) == expected(figure), number

    def test_every_month_of_every_figure_is_the_same(self, both):
        evaluation, figures = both
        for (number, reading), (_, months) in figures.items():
            found = results(evaluation, number, reading).by_month()
            assert {name: said(month) for name, month in found.items()} == {
                name: expected(month) for name, month in months.items()
            }, (number, reading)

    def test_the_first_indicator_is_the_mean_of_its_two_halves(self, both):
        evaluation, figures = both
        halves = figures["1.1 A", OFFICIAL["1.1 A"]], figures["1.1 B", ""]
        screened, trained = (figure.value for figure, _ in halves)
        mean = evaluation["1.1"]
        whole = None if trained is None else (screened + trained) / 2  # while nobody is trained yet, all still can be
        assert (mean.value, mean.denominator) == (whole, 2)
        assert mean.met is (None if whole is None else whole >= 100)
        assert mean.by_month() == {}, "the staff stand there all year"

    def test_the_same_targets_are_met(self, both, files):
        evaluation, figures = both
        goals = targets(files)
        for (number, reading), (figure, _) in figures.items():
            if reading == OFFICIAL.get(number, ""):
                side, goal = goals.get(number, ("", None))
                met = None
                if goal is not None and figure.value is not None:
                    met = figure.value >= goal if side == "≥" else figure.value <= goal
                assert evaluation[number].met is met, number

    def test_no_indicator_is_left_out(self, both):
        evaluation, figures = both
        assert {one.number for one in evaluation.plan} == {number for number, _ in figures} | {"1.1"}

    def test_the_readings_disagree_about_as_many_records(self, both):
        evaluation, figures = both
        for number in OFFICIAL:
            mine = [figure.places for (each, _), (figure, _) in figures.items() if each == number]
            differ = sum(len({lies for _, lies in places}) > 1 for places in zip(*mine, strict=True))
            assert len(evaluation[number].disputed) == differ, number

    def test_every_record_lies_in_exactly_one_bin(self, both, records):
        evaluation, _ = both
        for one in evaluation.plan:
            if one.of:
                assert sum(map(len, evaluation[one.number].bins.values())) == len(records[one.of]), one.number


def test_before_its_year_nothing_counts_and_nobody_has_missed_anything(records):
    evening = datetime.fromisoformat("2019-09-30T23:59+07:00")
    for outcome in PLAN_2563.evaluate(records, as_of=evening):
        assert sizes(outcome.bins).keys() <= {Bin.EXCLUDED}, outcome.indicator.number


class TestTheOtherProgram:
    """An oracle that reads wrongly proves nothing; its own small parts have answers that are known."""

    @pytest.mark.parametrize(
        "text",
        [
            "01/10/2562 09:12",
            "๐๑/๑๐/๒๕๖๒ ๐๙:๑๒",
            "1 ต.ค. 2562 09.12 น.",
            "๑ ตุลาคม ๒๕๖๒ ๐๙.๑๒ น.",
            "2019-10-01T09:12:00+07:00",
        ],
    )
    def test_reads_every_spelling(self, text):
        assert plan_oracle.moment(text) == datetime(2019, 10, 1, 2, 12, tzinfo=UTC)

    def test_reads_days(self):
        assert plan_oracle.moment("5 ธ.ค. 2562").date() == date(2019, 12, 5)

    @pytest.mark.parametrize("text", ["31/02/2563 10:00", "12/13/2562 10:00", "เช้า", "06/01/2563 24:61"])
    def test_reads_no_nonsense(self, text):
        with pytest.raises(ValueError):  # noqa: PT011 - whichever
            plan_oracle.moment(text)

    def test_adds_office_hours_over_a_weekend(self):
        friday = plan_oracle.moment("10/01/2563 15:30")
        office = plan_oracle.after(friday, 16, *plan_oracle.OFFICE)
        assert office == plan_oracle.moment("14/01/2563 15:30")
        assert plan_oracle.TWO_DAYS["working_day_hours"](friday) == plan_oracle.moment("14/01/2563 15:30")

    def test_knows_the_year_as_the_plan_writes_it(self, files):
        assert len(files.letters) == 2978  # 3,000 rows, of which 22 have a fault
        assert files.values["2"]["value"] == Fraction("93.85")
