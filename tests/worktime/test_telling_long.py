"""Long ways to a deadline: what is told of them, and what is told together."""

from datetime import datetime
from zoneinfo import ZoneInfo

from docflow import WorkingDays
from docflow.bangkok import office_clock


def test_a_long_way_is_told_by_its_ends_and_by_each_special_day_between_them():
    start = datetime(2020, 4, 1, 9, tzinfo=ZoneInfo("Asia/Bangkok"))  # Chakri day, Songkran put off, Coronation day …
    explanation = office_clock().deadline(WorkingDays(25), start).explain()
    special = [
        one.day for one in explanation.days if any(note.reason not in {"Saturday", "Sunday"} for note in one.notes)
    ]
    lines = str(explanation).splitlines()[1:]
    told = [line[:10] for line in lines if not line.startswith("…")]
    together = [line for line in lines if line.startswith("…")]
    assert len(special) > 2
    assert {f"{day}" for day in special} <= set(told)
    assert told[:5] == [f"{one.day}" for one in explanation.days[:5]]
    assert told[-5:] == [f"{one.day}" for one in explanation.days[-5:]]
    left_out = sum(int(line.split()[1]) for line in together)
    assert len(told) + left_out == len(explanation.days)
    counted = sum(int(line.split(", ")[1].split()[0]) for line in together)
    told_counted = sum("working day" in line for line in lines)
    assert told_counted + counted == 25


def test_a_way_of_more_than_a_quarter_is_told_by_its_ends_alone():
    start = datetime(2020, 1, 6, 9, tzinfo=ZoneInfo("Asia/Bangkok"))
    lines = str(office_clock().deadline(WorkingDays(100), start).explain()).splitlines()
    assert len(lines) == 1 + 5 + 1 + 5
