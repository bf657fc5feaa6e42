"""The script that measures an event log of a municipality."""

import json
from datetime import date

import pytest
from scripts import MUNICIPAL, SAMPLE, refused, run

pytestmark = pytest.mark.scripts

HEADING = "case:concept:name,concept:name,time:timestamp"
RECEIVED, SENT = "Confirmation of receipt", "T05 Print and send confirmation of receipt"


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(
        "\n".join(
            [
                HEADING,
                # Friday 11:00 to Monday 09:00: 330 + 30 office minutes; the second confirmation does not count.
                f"one,{RECEIVED},2011-10-07 11:00:00.000000+02:00",
                f"one,{SENT},2011-10-10 09:00:00.000000+02:00",
                f"one,{SENT},2011-10-14 09:00:00.000000+02:00",
                # Over a Dutch holiday, Easter Monday: Thursday before Good Friday 16:00 to Tuesday 08:40.
                f"two,{RECEIVED},2011-04-21 16:00:00.000000+02:00",
                f"two,{SENT},2011-04-26 08:40:00.000000+02:00",
                # At night, over the end of daylight saving: no office time.
                f"three,{RECEIVED},2011-10-29 22:00:00.000000+02:00",
                f"three,{SENT},2011-10-30 22:00:00.000000+01:00",
                # Open and long due, open and not due, never received.
                f"four,{RECEIVED},2011-10-03 10:00:00.000000+02:00",
                f"five,{RECEIVED},2011-11-01 10:00:00.000000+01:00",
                "six,T02 Check confirmation of receipt,2011-11-01 12:00:00.000000+01:00",
                f"seven,{RECEIVED},yesterday",
            ]
        ),
        encoding="utf-8",
    )
    return path


class TestTheMunicipalReceipt:
    def test_measures_a_log_on_dutch_office_hours(self, log, tmp_path):
        done = run(MUNICIPAL, log, "--json", tmp_path / "figures.json")
        assert (done.returncode, done.stderr) == (0, "")
        figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
        rate = {"within": 3, "late": 1, "running": 1, "percent": 75.0}
        assert figures["readings"]["working_days"] == rate
        assert figures["readings"]["hours"] == {"within": 1, "late": 3, "running": 1, "percent": 25.0}
        assert figures["readings"]["office_time"] == rate
        assert figures["as_of"] == "2011-11-01T12:00:00+01:00"
        assert figures["window"] == [date(2011, 4, 21).isoformat(), "2011-11-01"]
        assert (figures["in_scope"], figures["measured"], figures["unfinished"]) == (5, 3, 2)
        assert figures["mean_minutes"] == {"numerator": 400, "denominator": 3, "float": 400 / 3}
        assert figures["median_minutes"] == {"numerator": 40, "denominator": 1, "float": 40.0}
        assert figures["excluded"] == {"six": "had not reached Confirmation of receipt"}
        assert [fault["row"] for fault in figures["faults"]] == [12]
        for words in ("mean 133.3 min, median 40.0 min", "2 working days or 48 hours", "yesterday"):
            assert words in done.stdout

    def test_of_a_log_without_the_activity_has_no_values(self, tmp_path):
        path = tmp_path / "log.csv"
        path.write_text(f"{HEADING}\none,Other,2011-10-07 11:00:00+02:00\n", encoding="utf-8")
        done = run(MUNICIPAL, path, "--json", tmp_path / "figures.json")
        assert (done.returncode, done.stderr) == (0, "")
        figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
        assert (figures["in_scope"], figures["mean_minutes"], figures["window"]) == (0, None, None)

    def test_of_events_at_the_ends_of_time_measures_the_others(self, log, tmp_path):
        with log.open("a", encoding="utf-8") as file:
            file.write(f"\neight,{RECEIVED},0001-01-01 00:00:00+14:00\nnine,{RECEIVED},0001-01-01 00:00:00+14:00")
            file.write(f"\nnine,{SENT},2011-10-01 00:00:00+01:00")
        done = run(MUNICIPAL, log, "--json", tmp_path / "figures.json")
        assert (done.returncode, done.stderr) == (0, "")
        figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
        assert figures["measured"] == 3
        assert set(figures["excluded"]) == {"six", "nine"}
        assert [fault["reason"] for fault in figures["faults"]][-2:] == [
            "its year 1 is before 1941 or after 2456; correct it"
        ] * 2

    def test_of_a_file_that_cannot_be_read_says_why_in_one_sentence(self, tmp_path):
        assert refused(run(MUNICIPAL, tmp_path), "is a directory")
        assert refused(run(MUNICIPAL, SAMPLE), "lacks the columns case:concept:name")
        assert refused(run(MUNICIPAL, tmp_path / "none.csv"), "no such file")
