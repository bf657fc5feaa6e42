"""What people asked about parts of a figure and about reports that were printed, each test named after what goes wrong.

Every number is counted by hand on the small office, which is open from nine to five.
"""

from fractions import Fraction

from small_office import CLOCK, JANUARY, at, bins, trace

from docflow import Event, Record, WorkingDays, WorkTime, reached
from docflow.kpi import Count, Duration, Proportion, Score, differences, time_spent
from docflow.kpi.results import merged

CLOSING = Duration("closing", start=reached("opened"), stop=reached("closed"))


def test_time_is_only_told_by_department_and_not_by_the_person_who_held_the_ticket():
    # uReport #396: how long each person had it before somebody else was assigned
    ticket = Record(
        "396",
        [
            Event("opened", at("01-06 09:00"), "call centre", by="Ann"),
            Event("assigned", at("01-06 11:00"), "streets", by="Bob"),
            Event("looked_at", at("01-06 12:00"), "streets"),  # nobody is named: it is still Bob's
            Event("assigned", at("01-06 16:00"), "streets", by="Cy"),
            Event("assigned", at("01-07 10:00"), "streets", by="Bob"),
            Event("closed", at("01-07 13:00"), "streets", by="Bob"),
        ],
        ends=("closed",),
    )
    found = time_spent([ticket], CLOCK)
    # Ann 9–11; Bob 11–16 and the next day 10–13; Cy 16–17 and 9–10
    assert found.by_person() == {"Bob": WorkTime(hours=8), "Ann": WorkTime(hours=2), "Cy": WorkTime(hours=2)}
    assert found.by_unit() == {"streets": WorkTime(hours=10), "call centre": WorkTime(hours=2)}
    assert sum((time.microseconds for time in found.by_person().values()), 0) == found.total.microseconds
    assert found.total == WorkTime(hours=12)
    assert found.share_by_person() == {"Bob": Fraction(2, 3), "Ann": Fraction(1, 6), "Cy": Fraction(1, 6)}


def test_a_report_that_is_run_again_says_something_else_because_entries_came_in_late():
    # IATI-Dashboard #204: the figure of a month that was published cannot be had again
    on_time = [trace("1", ("opened", "01-06 09:00"), ("closed", "01-07 09:00")), trace("2", ("opened", "01-27 09:00"))]
    later = [
        evolve_closed(on_time[1], "01-28 09:00", recorded="02-03 10:00"),
        Record("3", [Event("opened", at("01-20 09:00"), recorded=at("02-05 09:00"))]),
    ]
    promise, end = CLOSING.within(WorkingDays(3)), at("01-31 17:00")
    printed = promise.read(on_time, CLOCK, window=JANUARY, as_of=end)
    run_again = promise.read([on_time[0], *later], CLOCK, window=JANUARY, as_of=end)
    assert bins(printed) == {"counted": ["1"], "late": ["2"]}  # 2 was due on Thursday, 30 January
    assert bins(run_again) == {"counted": ["1", "2"], "late": ["3"]}
    as_printed = promise.read([on_time[0], *later], CLOCK, window=JANUARY, known_at=end)
    assert bins(as_printed) == bins(printed)
    assert (as_printed.value, run_again.value) == (50, Fraction(200, 3))
    assert str(differences(as_printed, run_again)) == (
        "50 → 66.67\n"
        "read with all that is recorded instead of as recorded by 2020-01-31 17:00\n"
        "2: late, due 2020-01-30 17:00 → counted, due 2020-01-30 17:00, because of what was recorded later\n"
        "3: – → late, due 2020-01-23 17:00, because of what was recorded later"
    )


def evolve_closed(record, moment, *, recorded):
    closed = Event("closed", at(moment), recorded=at(recorded))
    return Record(record.number, [*record.history, closed])


def test_a_figure_can_be_split_by_department_only_and_the_parts_do_not_add_up():
    # by any attribute, with the records that have none, and with those that are excluded
    def ticket(number, closed, **attributes):
        steps = [Event("opened", at("01-06 09:00"))] + ([Event("closed", at(closed))] if closed else [])
        return Record(number, steps, attributes=attributes)

    tickets = [
        ticket("1", "01-06 12:00", district="Dusit", kind="lamp"),
        ticket("2", "01-06 17:00", district="Dusit", kind="road"),
        ticket("3", "01-08 09:00", district="Phra Nakhon", kind="lamp"),
        ticket("4", None, district="Phra Nakhon", kind="lamp"),
        ticket("5", "01-07 11:00", kind="road"),
        Record("6", [], attributes={"district": "Dusit"}),
    ]
    whole = CLOSING.read(tickets, CLOCK, as_of=at("01-10 17:00"))
    parts = whole.by("district")
    # Dusit: 3 h and 8 h; Phra Nakhon: 16 h and an open one; no district: 8 h + 2 h
    assert {name: (part.numerator, part.denominator) for name, part in parts.items()} == {
        "Dusit": (660, 2),
        "Phra Nakhon": (960, 1),
        None: (600, 1),
    }
    assert (whole.numerator, whole.denominator) == (660 + 960 + 600, 4)
    assert bins(parts["Dusit"]) == {"counted": ["1", "2"], "excluded": ["6"]}
    assert bins(parts["Phra Nakhon"]) == {"counted": ["3"], "unfinished": ["4"]}
    for key in ("district", "kind", "number", lambda record: len(record.history)):
        again = merged(whole.by(key).values())
        assert (again.value, again.numerator, again.denominator) == (whole.value, whole.numerator, whole.denominator)
    assert list(whole.by(lambda record: len(record.history))) == [2, 1, 0]


def test_parts_of_counts_and_of_questionnaires_add_up_too():
    opened = Proportion("opened", start=reached("opened"), stop=reached("closed"))
    tickets = [
        Record(str(n), [Event("opened", at("01-06 09:00")), Event("closed", at("01-06 10:00"))], attributes={"of": of})
        for n, of in enumerate("aab")
    ]
    times = Count(opened).read(tickets, CLOCK)
    assert {name: part.value for name, part in times.by("of").items()} == {"a": 2, "b": 1}
    answers = [
        Record(str(n), [Event("answered", at("01-06 09:00"))], scores={"q": score}, attributes={"of": of})
        for n, (score, of) in enumerate([(5, "a"), (3, "a"), (1, "b")])
    ]
    asked = Score("satisfied", at=reached("answered")).read(answers, CLOCK)
    assert {name: part.value for name, part in asked.by("of").items()} == {"a": 4, "b": 1}
    assert merged(asked.by("of").values()).value == asked.value == 3
