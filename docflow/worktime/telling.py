"""Why a deadline is due when it is: each day counted or skipped with its reason, in English or in Thai."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from docflow.instants import instant
from docflow.safe import visible
from docflow.text import Text
from docflow.thai import format_date
from docflow.worktime.amount import WorkTime
from docflow.worktime.day_counts import DayCounted, Deadline, day_counts
from docflow.worktime.day_limits import WorkingDays
from docflow.worktime.extensions import Extended
from docflow.worktime.hours import WEEKDAYS
from docflow.worktime.limits import EarlierOf, LaterOf
from docflow.worktime.moment_limits import Before
from docflow.worktime.periods import Period
from docflow.worktime.promises import WORKING_DAY
from docflow.worktime.told_pauses import ToldPauses
from docflow.worktime.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from docflow.text import Language
    from docflow.worktime.adapter import Note
    from docflow.worktime.extensions import Extension
    from docflow.worktime.limits import Limit
    from docflow.worktime.promises import Promise

__all__ = ["DeadlineExplanation", "explained"]

LONG: Final = 16
"""Of more days than this, those that are neither special nor near an end are told together."""
QUARTER: Final = 92
"""Of more days than this, nobody reads each holiday."""
ENDS: Final = 5
"""How many are told at either end."""
SPECIAL: Final = "special"
STILL: Final = "still"
THAI_WEEKDAYS: Final = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
SHORT_WEEKDAYS: Final = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
HEAD: Final = Text("{} นับจาก {}: ครบกำหนด {}", "{} from {}: due {}")
PART: Final = Text("วิธีนับ {}: {}{}", "read as {}: {}{}")
DECIDES: Final = Text(" ★ ใช้ตัดสิน", " ★ decides")
FIRST: Final = Text("วันเริ่ม ไม่นับ", "the day of the start, not counted")
TIME: Final = Text("{} รวม {}", "{}, {} in all")
GIVEN_BACK: Final = Text("ชดเชยเวลาหยุดนับ {}", "{} given back")
BESIDE: Final = Text(" ", ", ")
NOTHING: Final = Text("ไม่มีเวลาที่นับ", "nothing to count")
NOT_COUNTED: Final = Text("ไม่นับ", "not counted")
DUE: Final = Text("ครบกำหนด", "due")
RECEIVED: Final = Text("ถือเป็นวันรับ ไม่นับ", "counts as the day of receipt")
MOVED_ON: Final = Text("เลื่อนจากวันหยุด", "rolled from a day of rest")
ROLLED: Final = Text("ครบกำหนด เลื่อนจากวันหยุด", "due, rolled from a day of rest")
EVENT: Final = Text("วันของเหตุการณ์", "the day of the event")
EXTENDED: Final = Text("ขยายเมื่อ {} เป็น {}: {} [{}]{}", "extended on {} to {}: {} [{}]{}")
AFTER_HOURS: Final = Text("เกินกำหนดแล้ว นอกเวลาราชการ", "late, but by no office time yet")
WITHDRAWN: Final = Text(" ยกเลิกเมื่อ {}", ", withdrawn on {}")
LEFT_OUT: Final = Text(" ไม่รวมที่หยุดนับ {}", ", without {} paused since")
SKIPPED: Final = Text("… อีก {} วัน นับ {} วัน", "… {} more days, {} of them counted")
STOPPED: Final = Text("แล้วเสร็จ {}: ", "stopped {}: ")
OPEN: Final = Text("ณ {} ยังไม่แล้วเสร็จ: ", "open at {}: ")
VERDICTS: Final = {
    Verdict.WITHIN: Text("ภายในกำหนด", "within the limit"),
    Verdict.LATE: Text("เกินกำหนดเป็นเวลาราชการ {}", "late by {} of office time"),
    Verdict.RUNNING: Text("ยังไม่ครบกำหนด เหลือ {}", "running, {} left"),
}


@frozen(repr=False)
class DeadlineExplanation:
    """What a deadline promised, each day on the way, and how it stands; printed, it is English.

    >>> import pendulum
    >>> from docflow import WorkingDays
    >>> from docflow.bangkok import office_clock
    >>> friday = pendulum.datetime(2019, 11, 1, 10, tz="Asia/Bangkok")
    >>> print(office_clock().deadline(WorkingDays(2), friday).explain(stop=friday.add(days=7)))
    2 working days from 2019-11-01 10:00: due 2019-11-07 16:30
    2019-11-01 Fri  the day of the start, not counted
    2019-11-02 Sat  –  Saturday
    2019-11-03 Sun  –  Sunday
    2019-11-04 Mon  –  Special holiday (35th ASEAN Summit, Bangkok and Nonthaburi) [Cabinet resolution 15 Oct 2019]
    2019-11-05 Tue  –  Special holiday (35th ASEAN Summit, Bangkok and Nonthaburi) [Cabinet resolution 15 Oct 2019]
    2019-11-06 Wed  working day 1
    2019-11-07 Thu  working day 2
    stopped 2019-11-08 10:00: late by 1 h 30 min of office time
    """

    deadline: Deadline
    at: datetime | None
    """The moment at which it is looked at; the stop, when it has stopped; None when only the due moment is told."""
    stopped: bool
    days: tuple[DayCounted, ...]
    """Every day from the start to the due moment, as the limit counts that decides."""
    counting: Text = WORKING_DAY
    """What a day is called that a limit in days counts."""
    labels: Mapping[date, Text] = field(factory=dict)
    """What is said of a working day that such a limit does not count."""

    def said(self, language: Language = "en") -> str:
        """The explanation in one language.

        >>> import pendulum
        >>> from docflow import Hours
        >>> from docflow.bangkok import office_clock
        >>> start = pendulum.datetime(2020, 1, 6, 10, tz="Asia/Bangkok")
        >>> print(office_clock().deadline(Hours(2), start).explain().said("th"))
        2 ชั่วโมง นับจาก 6 ม.ค. 2563 10.00 น.: ครบกำหนด 6 ม.ค. 2563 12.00 น.
        6 ม.ค. 2563 จ.  2 ชั่วโมง รวม 2 ชั่วโมง

        Of more than 16 days it tells the first and the last five, and those in between that are holidays, closures or
        otherwise special, each with its reason, and up to 16 days of a pause (of more than 92 the ends alone); `days`
        has all of them.
        """
        return "\n".join(visible(line) for line in self._lines(_Words(self, language)))

    def __str__(self) -> str:
        return self.said()

    def __repr__(self) -> str:
        return f"<DeadlineExplanation: {self.deadline}>"

    def _lines(self, words: _Words) -> Iterator[str]:
        deadline, limit, say = self.deadline, self.deadline.limit, words.say
        yield say(HEAD, limit.words.said(words.language), words.moment(deadline.start), words.moment(deadline.due))
        yield from map(words.extension, _told(limit))
        holds = limit.now if isinstance(limit, Extended) else limit
        if isinstance(holds, LaterOf | EarlierOf):
            for part, due in _parts(holds, deadline):
                decides = say(DECIDES) if due == deadline.due else ""
                yield say(PART, part.words.said(words.language), words.moment(due), decides)
        long = len(self.days) > LONG
        yield from map(words.day, self.days[:ENDS] if long else self.days)
        if long:
            short = len(self.days) <= QUARTER
            for told, group in groupby(self.days[ENDS:-ENDS], key=lambda one: short and words.kind(one)):
                some = tuple(group)
                each = told == SPECIAL or (told == STILL and len(some) <= LONG)
                yield from map(words.day, some) if each else [words.shortened(some)]
            yield from map(words.day, self.days[-ENDS:])
        if self.at is None:
            return
        verdict = deadline.verdict(self.at, stop=self.at if self.stopped else None)
        amount = deadline.overdue(self.at) if verdict is Verdict.LATE else deadline.remaining(self.at)
        end = say(STOPPED if self.stopped else OPEN, words.moment(self.at))
        none = verdict is Verdict.LATE and not amount
        since = words.paused_since(self.at) if verdict is Verdict.LATE else ""
        yield end + (say(AFTER_HOURS) if none else say(VERDICTS[verdict], amount.said(words.language))) + since


class _Words:
    """The words of an explanation in one language."""

    def __init__(self, told: DeadlineExplanation, language: Language) -> None:
        self.deadline, self.counting, self.language, self.thai = (
            told.deadline,
            told.counting,
            language,
            language == "th",
        )
        self.labels = told.labels
        self.say: Callable[..., str] = partial(_say, language)
        self.pauses = ToldPauses(told.days, language, self.moment)

    def moment(self, at: datetime, today: date | None = None) -> str:
        there = at.astimezone(self.deadline.clock.tz)
        seconds = f"{there:%S}" if there.second else ""
        day = "" if there.date() == today else f"{self.on(there.date())} "
        if self.thai:
            return f"{day}{there:%H.%M}{'.' * bool(seconds)}{seconds} น."
        return f"{day}{there:%H:%M}{':' * bool(seconds)}{seconds}"

    def paused_since(self, at: datetime) -> str:
        """How much office time was paused from the due moment to another: what being late leaves out."""
        clock, due, now = self.deadline.clock, instant(self.deadline.due), instant(at)
        still = clock.worked(due, now) - self.deadline.paused.worked(due, now, clock)
        return self.say(LEFT_OUT, WorkTime.of(still).said(self.language)) if still else ""

    def extension(self, one: Extension) -> str:
        taken_back = "" if one.withdrawn is None else self.say(WITHDRAWN, self.on(one.withdrawn))
        limit = one.limit.words.said(self.language)
        return self.say(EXTENDED, self.on(one.announced), limit, one.reason, one.source, taken_back)

    def on(self, day: date) -> str:
        return format_date(day) if self.thai else day.isoformat()

    def day(self, one: DayCounted) -> str:
        weekday = (SHORT_WEEKDAYS if self.thai else [name[:3] for name in WEEKDAYS])[one.day.weekday()]
        said = [f"{self.on(one.day)} {weekday}"]
        back = [self.say(GIVEN_BACK, one.given_back.said(self.language))] if one.given_back else []
        label = self.labels.get(one.day)
        parts = []
        if one.nth:
            parts = [self.say(self.counting, one.nth)]
        elif one.counted:
            parts = [self.say(TIME, one.counted.said(self.language), one.total.said(self.language))]
        elif one.nth is not None and (back or self.deadline.clock.days.is_worked(one.day)):
            parts = [self.say(label)] if label else [] if back or one.paused else [self.say(NOT_COUNTED)]
        if parts or back:
            said.append(self.say(BESIDE).join(parts + back))
        elif one.notes:
            said.append("–")
        elif not one.paused:
            said += ["–", self.say(NOTHING if one.nth is None else NOT_COUNTED)]
        said += [self.why(note) for note in one.notes]
        return "  ".join(said + [self.pauses.said([one])] * bool(one.paused))

    def shortened(self, days: Sequence[DayCounted]) -> str:
        if len(days) == 1:
            return self.day(days[0])
        skipped = [self.say(SKIPPED, len(days), sum(bool(one.nth or one.counted) for one in days))]
        if back := sum((one.given_back for one in days), WorkTime()):
            skipped.append(self.say(GIVEN_BACK, back.said(self.language)))
        still = [self.pauses.said(days)] * any(one.paused for one in days)
        return "  ".join([self.say(BESIDE).join(skipped), *still])

    def kind(self, one: DayCounted) -> str:
        """Whether a day is told by itself on a long way: more than a working day or a weekend, or inside a pause."""
        special = any(note.reason.rpartition(": ")[2] not in WEEKDAYS for note in one.notes)
        inside = any(pause.start.date() < one.day < pause.stop.date() for pause in one.pauses)
        return SPECIAL if special or self.pauses.ends_on(one) else STILL if inside else ""

    def why(self, note: Note) -> str:
        office, colon, reason = note.reason.rpartition(": ")  # of offices together, each says where it is
        if reason in WEEKDAYS:  # nobody asks who decided a Saturday
            return f"{office}{colon}วัน{THAI_WEEKDAYS[WEEKDAYS.index(reason)]}" if self.thai else note.reason
        return f"{note.thai if self.thai and note.thai else note.reason} [{note.source}]"


def _say(language: Language, form: Text, *particulars: object) -> str:
    return form.said(language).format(*particulars)


def explained(deadline: Deadline, *, at: datetime | None, stopped: bool) -> DeadlineExplanation:
    """The explanation of a deadline as it stands at a moment."""
    decides = deadline.limit.deciding(instant(deadline.start), deadline.clock, deadline.paused)[0]
    days = tuple(day_counts(deadline, decides))
    return DeadlineExplanation(deadline, at, stopped, days, decides.nth_words, _labels(deadline, decides, days))


def _labels(deadline: Deadline, limit: Promise, days: tuple[DayCounted, ...]) -> dict[date, Text]:
    """What is said of the first day, the day of receipt, and the last."""
    first, last = days[0].day, days[-1].day
    if isinstance(limit, Before) and limit.days:
        return {last: EVENT}
    labels = {last: DUE, first: FIRST}
    if isinstance(limit, Period):
        begin, clock = instant(deadline.start), deadline.clock
        end = limit.due_instant(begin, clock)
        moved = end != instant(deadline.due)
        labels = (
            {limit.due_day(end, clock): MOVED_ON if moved else ROLLED} | ({last: DUE} if moved else {}) | {first: FIRST}
        )
    if isinstance(limit, WorkingDays):
        labels.setdefault(limit.received(instant(deadline.start), deadline.clock), RECEIVED)
    return labels


def _told(limit: Promise) -> Iterator[Extension]:
    """The extensions of a limit, and of those that it is joined of."""
    if isinstance(limit, Extended):
        yield from limit.told
    elif isinstance(limit, LaterOf | EarlierOf):
        for part in limit.limits:
            yield from _told(part)


def _parts(limit: LaterOf | EarlierOf, deadline: Deadline) -> list[tuple[Limit, datetime]]:
    """The limits that are joined, each with its own due moment."""
    clock, start, pauses = deadline.clock, deadline.start, deadline.pauses
    return [(part, part.due(start, clock, pauses=pauses)) for part in limit.limits]
