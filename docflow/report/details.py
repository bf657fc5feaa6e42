"""One indicator in detail: its formula filled in, where its records lie, its pictures, and what is late or due."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from docflow.errors import OutsideCalendarError
from docflow.kpi import Bin, Count, Duration, Proportion, Reported, Score
from docflow.kpi.words import BINS
from docflow.report.blocks import Bins, Column, Fold, Formula, Grid, Line, Row, Section
from docflow.report.durations import distribution, stages
from docflow.report.figures import BOTH
from docflow.report.glance import JUDGED, judged
from docflow.report.pictures import months_picture, readings_picture, same_readings
from docflow.report.seen import RECORDS
from docflow.report.words import both, day_words, moment_words, took
from docflow.text import NO_WORDS, Text, figure, number, text
from docflow.worktime import DeadlineExplanation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from fractions import Fraction

    from docflow.kpi import Observation
    from docflow.report.blocks import Block
    from docflow.report.seen import Seen

__all__ = ["indicator", "reported"]

MOST_ITEMS: Final = 12
MOST_LATE: Final = 10
MOST_EXPLAINED: Final = 3
MOST_REASONS: Final = 6
MOST_NAMED: Final = 10


def indicator(seen: Seen) -> Section:
    """An indicator in detail.

    >>> from docflow.bangkok import PLAN_2563, office_clock, year_end
    >>> from docflow.report.seen import Seen
    >>> found = PLAN_2563.evaluate({}, as_of=year_end(office_clock()))
    >>> section = indicator(Seen(found["1.5"]))
    >>> section.kicker.en, section.title.en
    ('Indicator 1.5', 'Mean time to hand an external letter over to the responsible unit')
    """
    found = seen.outcome.indicator
    blocks: list[Block] = [_formula(seen)]
    if seen.result is not None and any(seen.bins.values()):  # the records of parts are of several kinds
        blocks.append(Bins(tuple((each, n) for each, n in seen.bins.items() if n)))
    blocks += [*_reasons(seen)]
    blocks.append(Line(_source(seen), "soft"))
    blocks += same_readings(seen)
    for make in (months_picture, distribution, readings_picture, stages):
        picture = make(seen)
        if picture is not None:
            blocks.append(picture)
    blocks += [*_late(seen), *_due(seen), *_disputed(seen)]
    return Section(
        found.title,
        tuple(blocks),
        kicker=Text(f"ตัวชี้วัด {found.number}", f"Indicator {found.number}"),
        anchor=seen.anchor,
    )


def reported(some: Sequence[Seen]) -> Section:
    """What others compute: each value with who said so and when."""
    columns = (
        *JUDGED,
        Column(Text("ผู้รายงาน", "reported by"), words=True),
        Column(Text("เมื่อ", "on"), words=True),
    )
    rows = []
    for seen in some:
        result = seen.result
        said, first = (None, ()) if result is None else (result.reported, result.counted[:1])
        day = first[0].day if first else None
        rows.append(
            Row(
                (
                    *judged(seen),
                    "–" if said is None else said.source,
                    "–" if day is None else day_words(day),
                )
            )
        )
    title = Text("ค่าที่หน่วยงานอื่นรายงาน", "What others report")
    return Section(title, (Grid(columns, tuple(rows)),), anchor="reported", short=title)


def _formula(seen: Seen) -> Formula:
    over, under = _parts(seen)
    target = NO_WORDS if seen.target is None else seen.kept
    return Formula(seen.outcome.indicator.formula, over, under, seen.value, target.en, seen.verdict)


def _parts(seen: Seen) -> tuple[Text, Text]:
    """What is divided by what, with what it is counted in; a value by itself where nothing is divided."""
    outcome, result = seen.outcome, seen.result
    if outcome.value is None or outcome.numerator is None:
        return Text("ไม่มีรายการ", "no records"), NO_WORDS
    n = f"{outcome.denominator:,}"
    records = Text(f"{n} {RECORDS.th}", f"{n} {RECORDS.en}")
    if result is None:
        values = " + ".join(figure(part.value) for part in outcome.parts)  # a page draws the line of a fraction below
        return Text(values, values), Text(n, n)
    over, under = number(outcome.numerator), records
    match result.measure:
        case Proportion():
            over = f"{seen.bins[Bin.COUNTED]:,} × 100"
        case Duration():
            return Text(f"{over} นาที", f"{over} min"), records
        case Score():
            over, under = " + ".join(figure(each) for each in list(result.items.values())[:MOST_ITEMS]), text(n)
        case Count() | Reported():
            return NO_WORDS, NO_WORDS
    return text(over), under


def _reasons(seen: Seen) -> Iterator[Line]:
    """Why records have missed or are excluded, and how many for each reason."""
    for lies in (Bin.MISSED, Bin.EXCLUDED):
        reasons = seen.reasons(lies)
        for reason, n in reasons.most_common(MOST_REASONS):
            why = seen.why(reason)
            yield Line(
                Text(f"{BINS[lies].th} {n:,} {RECORDS.th}: {why.th}", f"{BINS[lies].en} {n:,}: {why.en}"), "soft"
            )


def _source(seen: Seen) -> Text:
    """The days it covers, who answers for it, and where the plan says so."""
    found, window = seen.outcome.indicator, seen.outcome.window
    owner = seen.called(found.owner)

    def said(voice):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        source = [f"{'แผน บรรทัด' if voice.thai else 'plan, line'} {found.source}"] if found.source else []
        return " · ".join(filter(None, (voice.days(window), voice.say(owner), *source)))

    return both(said)


def _late(seen: Seen) -> Iterator[Block]:
    """What was late, the most overdue first, and why the first of them were due when they were."""
    late = tuple(seen.some(Bin.LATE))
    if not late or seen.result is None:
        return
    timed = [(one, _amount(one)) for one in late]
    amounts = sorted(timed, key=lambda pair: -1 if pair[1] is None else pair[1], reverse=True)
    limited = bool(amounts) and amounts[0][0].due is not None
    columns = (
        Column(Text("เลขที่", "number")),
        Column(Text("เริ่ม", "started"), words=True),
        *([Column(Text("ครบกำหนด", "due"), words=True)] if limited else []),
        Column(Text("สิ้นสุด", "stopped"), words=True),
        Column(Text("เกินกำหนด", "overdue") if limited else Text("ใช้เวลา", "took")),
    )
    rows = tuple(Row(_moments(one, n, limited=limited)) for one, n in amounts[:MOST_LATE])
    title = Text(f"ล่าช้า {len(late):,} รายการ รายการที่เกินกำหนดมากที่สุดก่อน", f"{len(late):,} late, the most overdue first")
    explained = [one for one, _ in amounts[:MOST_EXPLAINED]] if limited else []
    yield Fold(title, (Grid(columns, rows, note=_more(len(late) - MOST_LATE)), *_explained(explained)))


def _amount(one: Observation) -> Fraction | None:
    """The minutes by which it is overdue, or under a cap what it took; None where the calendar ends before."""
    try:
        time = one.elapsed if one.due_at is None else one.overdue
    except OutsideCalendarError:
        return None
    return None if time is None else time.minutes


def _at_the_office(at: datetime | None, one: Observation) -> datetime | None:
    """A moment by the clock on the office's wall, in whatever zone the record was written."""
    return at if at is None or one.clock is None else at.astimezone(one.clock.tz)


def _moments(one: Observation, minutes: Fraction | None, *, limited: bool) -> tuple[Text | str, ...]:
    number_ = one.record.number
    start, due, stop = (_at_the_office(at, one) for at in (one.start, one.due, one.stop))
    open_ = Text("ยังไม่แล้วเสร็จ", "still open")
    return (
        number_,
        "" if start is None else moment_words(start),
        *(["" if due is None else moment_words(due)] if limited else []),
        open_ if stop is None else moment_words(stop),
        "–" if minutes is None else both(lambda voice: took(float(minutes), voice)),
    )


def _explained(some: Iterable[Observation]) -> Iterator[Line]:
    """Why records were due when they were, day by day."""
    for one in some:
        with suppress(OutsideCalendarError):
            told = one.explain()
            if isinstance(told, DeadlineExplanation):
                said = (f"{one.record.number}\n{told.said(language)}" for language in BOTH)
                yield Line(Text(*said), "soft")


def _due(seen: Seen) -> Iterator[Block]:
    """What is open and in time, the next due first."""
    running = sorted((one for one in seen.some(Bin.RUNNING) if one.due_at is not None), key=lambda one: one.due_at or 0)
    if not running:
        return
    columns = (
        Column(Text("เลขที่", "number")),
        Column(Text("เริ่ม", "started"), words=True),
        Column(Text("ครบกำหนด", "due"), words=True),
    )
    rows = []
    for one in running[:MOST_LATE]:
        start, due = _at_the_office(one.start, one), _at_the_office(one.due, one)
        assert start is not None and due is not None  # noqa: PT018, S101 - what runs has both
        moments = (moment_words(at) for at in (start, due))
        rows.append(Row((one.record.number, *moments)))
    title = Text(f"รอครบกำหนด {len(running):,} รายการ", f"{len(running):,} still open and in time, the next due first")
    note = _more(len(running) - MOST_LATE)
    yield Fold(title, (Grid(columns, tuple(rows), note=note), *_explained(running[:1])))


def _disputed(seen: Seen) -> Iterator[Block]:
    """Which records change their bin with the reading, the first of them."""
    disputed, names = seen.outcome.disputed, list(seen.outcome.alternatives)
    if not disputed or not names:  # those of a mean are told with its parts
        return
    columns = (Column(Text("เลขที่", "number")), *(Column(seen.called(name), words=True) for name in names))
    rows = tuple(Row((record.number, *(BINS[lies[name]] for name in names))) for record, lies in disputed[:MOST_NAMED])
    title = Text(
        f"{len(disputed):,} รายการที่ผลขึ้นกับวิธีนับ", f"{len(disputed):,} records whose verdict depends on the reading"
    )
    yield Fold(title, (Grid(columns, rows, note=_more(len(disputed) - MOST_NAMED)),))


def _more(n: int) -> Text:
    """How many a list leaves out that is cut short."""
    return Text(f"… และอีก {n:,} รายการ", f"… and {n:,} more") if n > 0 else NO_WORDS
