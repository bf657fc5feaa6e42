"""Why a deadline is due when it is: each day counted or skipped with its reason, in English or in Thai."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from attrs import frozen

from docflow.instants import instant
from docflow.safe import visible
from docflow.text import Text
from docflow.thai import format_date
from docflow.worktime.amount import WorkTime
from docflow.worktime.hours import WEEKDAYS
from docflow.worktime.limits import EarlierOf, LaterOf, Verdict
from docflow.worktime.readings import WorkingDays

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docflow.text import Language
    from docflow.worktime.deadlines import Deadline
    from docflow.worktime.limits import Limit

__all__ = ["DayCounted", "DeadlineExplanation", "explained"]

LONG: Final = 16
"""More days than this are not all told."""
ENDS: Final = 5
"""How many are told at either end."""
THAI_WEEKDAYS: Final = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
HEAD: Final = Text("{} นับจาก {}: ครบกำหนด {}", "{} from {}: due {}")
FIRST: Final = Text("วันเริ่ม ไม่นับ", "the day of the start, not counted")
NTH: Final = Text("วันทำการที่ {}", "working day {}")
TIME: Final = Text("{} รวม {}", "{}, {} in all")
PAUSED: Final = Text("หยุดนับ {}", "paused {}")
NOTHING: Final = Text("ไม่นับ", "nothing counted")
SKIPPED: Final = Text("… อีก {} วัน นับ {} วัน", "… {} more days, {} of them counted")
DECIDES: Final = Text("{}: {}{}", "{}: {}{}")
OFFICIAL: Final = Text(" ★ ใช้ตัดสิน", " ★ decides")
STOPPED: Final = Text("แล้วเสร็จ {}: ", "stopped {}: ")
OPEN: Final = Text("ณ {} ยังไม่แล้วเสร็จ: ", "open at {}: ")
VERDICTS: Final = {
    Verdict.WITHIN: Text("ภายในกำหนด", "within the limit"),
    Verdict.LATE: Text("เกินกำหนด {}", "late by {}"),
    Verdict.RUNNING: Text("ยังไม่ครบกำหนด เหลือ {}", "running, {} left"),
}


@frozen
class DayCounted:
    """A day on the way to a deadline: what counted on it, or why nothing did."""

    day: date
    nth: int | None
    """Of a limit of working days: which one it is."""
    counted: WorkTime
    """Of other limits: how much time counted on it."""
    total: WorkTime
    """How much has counted by its end."""
    paused: WorkTime
    reason: str
    """Why the day is not an ordinary working day; empty when it is one."""
    source: str


@frozen
class DeadlineExplanation:
    """What a deadline promised, each day on the way, and how it stands; printed, it is English.

    >>> import pendulum
    >>> from docflow import WorkingDays
    >>> from docflow.bangkok import office_clock
    >>> friday = pendulum.datetime(2019, 11, 1, 10, tz="Asia/Bangkok")
    >>> print(office_clock().deadline(WorkingDays(2), friday).explain(stop=friday.add(days=7)))
    2 working days from 2019-11-01 10:00: due 2019-11-07 16:30
    2019-11-01 Fri  the day of the start, not counted
    2019-11-02 Sat  –  Saturday [ThaiGovernment(area='bangkok')]
    2019-11-03 Sun  –  Sunday [ThaiGovernment(area='bangkok')]
    2019-11-04 Mon  –  Special holiday (35th ASEAN Summit, Bangkok and Nonthaburi) [Cabinet resolution 15 Oct 2019]
    2019-11-05 Tue  –  Special holiday (35th ASEAN Summit, Bangkok and Nonthaburi) [Cabinet resolution 15 Oct 2019]
    2019-11-06 Wed  working day 1
    2019-11-07 Thu  working day 2
    stopped 2019-11-08 10:00: late by 1 h 30 min
    """

    deadline: Deadline
    at: datetime
    """The moment at which it is looked at; the stop, when it has stopped."""
    stopped: bool
    days: tuple[DayCounted, ...]
    """Every day from the start to the due moment, for the limit that decides."""

    def said(self, language: Language = "en") -> str:
        """The explanation in one language. Long stretches are shortened; `days` has all of them."""
        return "\n".join(visible(line) for line in self._lines(language))

    def __str__(self) -> str:
        return self.said()

    def _lines(self, language: Language) -> Iterable[str]:
        deadline, limit = self.deadline, self.deadline.limit

        def moment(at: datetime) -> str:
            there = at.astimezone(deadline.clock.tz)
            if language == "th":
                return f"{format_date(there.date())} {there:%H.%M} น."
            return f"{there:%Y-%m-%d %H:%M}"

        def say(form: Text, *particulars: object) -> str:
            return form.said(language).format(*particulars)

        yield say(HEAD, limit, moment(deadline.start), moment(deadline.due))
        if isinstance(limit, LaterOf | EarlierOf):
            for part in limit.limits:
                due = deadline.clock.deadline(part, deadline.start, pauses=deadline.pauses).due
                yield say(DECIDES, part, moment(due), say(OFFICIAL) if due == deadline.due else "")
        shown = self.days if len(self.days) <= LONG else (*self.days[:ENDS], None, *self.days[-ENDS:])
        for one in shown:
            if one is None:
                rest = self.days[ENDS:-ENDS]
                yield say(SKIPPED, len(rest), sum(bool(each.nth or each.counted) for each in rest))
            else:
                yield self._row(one, language)
        end = say(STOPPED if self.stopped else OPEN, moment(self.at))
        verdict = deadline.verdict(at=self.at, stop=self.at if self.stopped else None)
        amount = deadline.overdue(at=self.at) if verdict is Verdict.LATE else deadline.remaining(at=self.at)
        yield end + say(VERDICTS[verdict], amount)

    def _row(self, one: DayCounted, language: Language) -> str:
        def say(form: Text, *particulars: object) -> str:
            return form.said(language).format(*particulars)

        weekday = THAI_WEEKDAYS[one.day.weekday()] if language == "th" else WEEKDAYS[one.day.weekday()][:3]
        day = f"{format_date(one.day) if language == 'th' else one.day} {weekday}"
        why = f"{one.reason} [{one.source}]" if one.source else one.reason
        if one.nth:
            said = say(NTH, one.nth)
        elif one.counted:
            said = say(TIME, one.counted, one.total)
        elif one.nth is not None and not why:
            said = say(FIRST)
        else:
            said = f"–  {why or say(NOTHING)}"
            why = ""
        paused = f"  {say(PAUSED, one.paused)}" if one.paused else ""
        return f"{day}  {said}{paused}{f'  {why}' if why else ''}"


def explained(deadline: Deadline, *, at: datetime, stopped: bool) -> DeadlineExplanation:
    """The explanation of a deadline as it stands at a moment."""
    return DeadlineExplanation(deadline, at, stopped, tuple(_days(deadline, _deciding(deadline.limit, deadline))))


def _deciding(limit: Limit, deadline: Deadline) -> Limit:
    """The limit that decides, of several joined ones the first that is due with all of them."""
    if not isinstance(limit, LaterOf | EarlierOf):
        return limit
    due = instant(deadline.due)
    dues = [
        (instant(deadline.clock.deadline(part, deadline.start, pauses=deadline.pauses).due), part)
        for part in limit.limits
    ]
    return _deciding(next(part for one, part in dues if one == due), deadline)


def _days(deadline: Deadline, limit: Limit) -> Iterable[DayCounted]:
    clock, paused, ticks = deadline.clock, deadline.paused, limit.ticks(deadline.clock)
    begin, due = instant(deadline.start), instant(deadline.due)
    first, last = clock.date_of(begin), clock.date_of(max(begin, due - 1))
    counting, total, since = isinstance(limit, WorkingDays), 0, begin
    nth = 0
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        until = due if day == last else max(begin, clock.day_begin(day + timedelta(days=1)))
        worked = paused.worked(since, until, ticks)
        gone = ticks.worked(since, until) - worked
        since, total = until, total + worked
        is_worked = clock.days.is_worked(day)
        if counting and is_worked and (n or limit.counting_first) and nth < limit.days:
            nth += 1
            place = nth
        else:
            place = 0 if counting and is_worked else None
        notes = clock.adapted.notes(day)
        yield DayCounted(
            day,
            place if counting else None,
            WorkTime.of(0 if counting else worked),
            WorkTime.of(total),
            WorkTime.of(gone),
            "; ".join(note.reason for note in notes),
            "; ".join(dict.fromkeys(note.source for note in notes)),
        )
