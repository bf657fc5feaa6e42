"""The opening of a report: the answer, a tile for each indicator, the main findings, and the table of all."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from docflow.kpi import Bin, DurationResult
from docflow.report.blocks import Column, Grid, Line, Row, Section, Tile, Tiles
from docflow.report.drawings import Distance, Spark
from docflow.report.seen import RECORDS, apart_in, lowest_and_highest
from docflow.report.words import ENGLISH, THAI, both, goal, several, took
from docflow.text import NO_WORDS, Text, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from docflow.files import Fault
    from docflow.report.blocks import Cell
    from docflow.report.seen import Seen

__all__ = ["JUDGED", "all_of_them", "answer", "glance", "judged"]

MOST_FACTS: Final = 3
WHOLE: Final = 100
JUDGED: Final = (
    Column(Text("ที่", "no."), words=True),
    Column(Text("ตัวชี้วัด", "indicator"), words=True),
    Column(Text("ผล", "result")),
    Column(Text("เป้าหมาย", "target")),
    Column(Text("บรรลุหรือไม่", "met?"), words=True),
)
"""The columns that say how an indicator did."""


def judged(one: Seen) -> tuple[Cell, ...]:
    """The cells below `JUDGED`."""
    return one.number, one.title, one.value, goal(one.target), one.verdict


def answer(seen: Sequence[Seen]) -> Text:
    """How many of the indicators with a target are met.

    >>> answer([]).en
    'no indicator has a target'
    """
    aimed = [one.outcome.met for one in seen if one.target is not None]
    if not aimed:
        return Text("ไม่มีตัวชี้วัดที่มีเป้าหมาย", "no indicator has a target")
    met, open_ = aimed.count(True), aimed.count(None)
    more = Text(f" ({open_} ตัวชี้วัดยังไม่มีค่า)", f" ({open_} with no value yet)") if open_ else NO_WORDS
    return Text(
        f"บรรลุ {met} จาก {len(aimed)} ตัวชี้วัดที่มีเป้าหมาย{more.th}",
        f"{met} of {len(aimed)} indicators with a target {'is' if len(aimed) == 1 else 'are'} met{more.en}",
    )


def glance(
    seen: Mapping[str, Seen], wholes: Sequence[Seen], files: Mapping[str, tuple[int, Sequence[Fault]]]
) -> Section:
    """The opening of a report; `seen` has every indicator by number, `wholes` those that are no parts."""
    facts = tuple(Line(words, "fact", lead) for lead, words in _facts(list(seen.values()), files))
    tiles = Tiles(tuple(Tile(one.number, one.title, one.verdict, one.anchor) for one in wholes))
    return Section(answer(wholes), (tiles, *facts[:MOST_FACTS]), anchor="glance", short=Text("ภาพรวม", "At a glance"))


def _facts(seen: Sequence[Seen], files: Mapping[str, tuple[int, Sequence[Fault]]]) -> Iterator[tuple[str | Text, Text]]:
    """The main findings in order: what a mean hides, what readings change, what is far from its target, the data."""
    durations = sorted(
        (one for one in seen if isinstance(one.result, DurationResult) and one.bins[Bin.COUNTED]),
        key=lambda one: one.outcome.met is not False,
    )
    readings = [one for one in seen if one.outcome.alternatives and one.outcome.value is not None]
    found = [(one.number, _mean(one)) for one in durations[:1]]
    found += [(one.number, _readings(one)) for one in _most_disputed(readings)]
    rest = [one for one in seen if one not in durations[:1] and one.outcome.met is False]
    rest.sort(key=_far, reverse=True)
    data = [(Text("ข้อมูล", "Data"), _data(files))] if files else []
    yield from found[: MOST_FACTS - len(data)]
    yield from ((one.number, _missed(one)) for one in rest[: MOST_FACTS - len(data) - len(found)])
    yield from data


def _most_disputed(readings: list[Seen]) -> list[Seen]:
    return sorted((one for one in readings if one.outcome.disputed), key=lambda one: -len(one.outcome.disputed))[:1]


def _mean(one: Seen) -> Text:
    """What a mean hides: the half that took less, and the few that took most."""
    result = one.result
    assert isinstance(result, DurationResult) and result.median is not None  # noqa: PT018, S101 - asked of those alone
    value, target, median = one.outcome.value, one.target, float(result.median)
    against = NO_WORDS
    if target is not None and value is not None:
        limit = number(target.value)
        words = (
            ("เกินเป้าหมาย", "over the target of")
            if target.met(value) is False
            else ("ไม่เกินเป้าหมาย", "within the target of")
        )
        against = Text(f" {words[0]} {limit} นาที", f", {words[1]} {limit} min")
    half = NO_WORDS
    if one.bins[Bin.COUNTED] > 1:
        half = Text(f" ครึ่งหนึ่งใช้เวลาไม่เกิน {took(median, THAI)}", f"; half took {took(median, ENGLISH)} or less")
    return Text(
        f"เวลาเฉลี่ย {one.value.th}{against.th}{half.th}{one.carried.th}",
        f"The mean is {one.value.en}{against.en}{half.en}{one.carried.en}",
    )


def _readings(one: Seen) -> Text:
    results = one.outcome.alternatives.values()
    values = [result.value for result in results if result.value is not None]
    low, high, disputed = number(min(values)), number(max(values)), len(one.outcome.disputed)
    differ = low != high and len({result.unit for result in results}) == 1
    reach = Text(f" วิธีนับทั้งหมดให้ {low}–{high}", f"; all readings give {low} to {high}") if differ else NO_WORDS
    return both(
        lambda voice: (
            f"ได้ {voice.say(one.value)} ตามวิธีนับที่ใช้ตัดสิน{reach.th} และผลของ {disputed:,} รายการขึ้นกับวิธีนับ"
            if voice.thai
            else f"{voice.say(one.value)} by the reading that decides{reach.en}, and the verdict on "
            f"{several(disputed, 'record')} depends on the reading"
        )
    )


def _far(one: Seen) -> Fraction:
    """How far a value is from its target, as a part of it."""
    value, target = one.outcome.value, one.target
    if value is None or target is None:
        return Fraction(0)
    return abs(value - target.value) / (abs(target.value) or 1)


def _missed(one: Seen) -> Text:
    value, target = one.outcome.value, one.target
    assert value is not None and target is not None  # noqa: PT018, S101 - it has missed its target
    gap, months = number(abs(value - target.value)), [each for each in one.months.values() if each is not None]
    missed = sum(one.month_target is not None and one.month_target.met(each) is False for each in months)
    often = Text(f" ไม่บรรลุใน {missed} จาก {len(months)} เดือน", f", not met in {missed} of {len(months)} months")
    unit = apart_in(one.unit)
    said = often if missed and len(months) > 1 else NO_WORDS
    return both(
        lambda voice: (
            f"{voice.say(one.title)}: {voice.say(one.value)} ห่างเป้าหมาย {goal(target)} "
            f"อยู่ {gap} {unit.th}{voice.say(said)}"
            if voice.thai
            else f"{voice.say(one.title)}: {voice.say(one.value)}, {gap} {unit.en} from its "
            f"target {goal(target)}{voice.say(said)}"
        )
    )


def _data(files: Mapping[str, tuple[int, Sequence[Fault]]]) -> Text:
    rows = sum(n for n, _ in files.values())
    out = sum(len({fault.row for fault in faults}) for _, faults in files.values())
    if not rows:
        return Text("แฟ้มที่อ่านไม่มีแถวข้อมูล", "the files that were read have no rows")
    if not out:
        return Text(f"อ่าน {rows:,} แถว นับได้ทุกแถว", f"{rows:,} rows were read, and every one is counted")
    return Text(
        f"อ่าน {rows:,} แถว ไม่นับ {out:,} แถว เหตุและแถวอยู่ท้ายรายงาน",
        f"{rows:,} rows were read, {out:,} of them left out; the end of the report says which and why",
    )


def all_of_them(wholes: Sequence[Seen], seen: Mapping[str, Seen]) -> Grid:
    """The table of all indicators, the parts below their own."""
    columns = (
        *JUDGED,
        Column(Text("ห่างเป้าหมาย", "distance"), words=True, on="page"),
        Column(Text("รายเดือน", "by month"), words=True, on="page"),
        Column(RECORDS, on="text"),
    )
    below = ((seen[each.indicator.number], whole) for whole in wholes for each in whole.outcome)
    rows = (_row(one, part=one is not whole) for one, whole in below)
    return Grid(columns, tuple(rows), title=Text("ทุกตัวชี้วัด", "All indicators"), wide=True)


def _row(one: Seen, *, part: bool) -> Row:
    return Row(
        (*judged(one), _distance(one), _spark(one), _counted(one)),
        "part" if part else "whole",
        anchor=one.anchor,
    )


def _distance(one: Seen) -> Distance | str:
    value, target = one.outcome.value, one.target
    if target is None or value is None:
        return ""
    least, most = min(Fraction(0), value, target.value), max(Fraction(0), value, target.value)
    most = max(most, Fraction(WHOLE)) if one.unit == "%" else most + (most - least) / 10
    return Distance(value, target, least, most) if least < most else ""


def _spark(one: Seen) -> Spark | Text:
    months = one.months
    known = {month: value for month, value in months.items() if value is not None}
    if len(known) < 2:  # noqa: PLR2004 - one month is no course
        once = one.reported and one.outcome.value is not None
        return Text("ค่าเดียว", "one value") if once else NO_WORDS
    return Spark(tuple(known.values()), one.month_target, lowest_and_highest(known))


def _counted(one: Seen) -> str:
    """How many records were counted, of how many it is known whether they count, and how many are still open."""
    if one.result is None or one.reported:
        return ""
    bins = one.bins
    known = bins[Bin.COUNTED] + bins[Bin.LATE] + bins[Bin.MISSED]
    still = bins[Bin.RUNNING] + bins[Bin.UNFINISHED]
    of = f"/{known:,}" if one.unit == "%" or known != bins[Bin.COUNTED] else ""
    return f"{bins[Bin.COUNTED]:,}{of}{f' +{still:,}' if still else ''}"
