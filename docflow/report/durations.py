"""The pictures of durations: how many records took how long, and in which stages they spent their time."""

from __future__ import annotations

from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from docflow.instants import instant
from docflow.kpi import Bin, Duration, DurationResult, Proportion
from docflow.report.blocks import Column, Grid, Picture, Row
from docflow.report.drawings import Histogram, Stages
from docflow.report.seen import RECORDS
from docflow.report.words import both, took
from docflow.text import Text, figure, number
from docflow.worktime import Limit, WorkTime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from docflow.kpi import Observation
    from docflow.kpi.observations import Observations
    from docflow.report.seen import Seen
    from docflow.worktime import WorkClock

__all__ = ["distribution", "stages"]

MINUTE: Final = 60_000_000
MOST_BARS: Final = 30
DONE: Final = (Bin.COUNTED, Bin.LATE)
LONG: Final = 500
"""From this many minutes on, labels leave room for one bar beyond the others."""
WIDTHS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 960, 2400, 4800, 9600, 24_000, 48_000, 96_000, 480_000)


def distribution(seen: Seen) -> Picture | None:
    """How many records took how long, in minutes; None for what is no duration, and for fewer than ten records."""
    result = seen.result
    if not isinstance(result, DurationResult) or seen.bins[Bin.COUNTED] < 10 or result.mean is None:  # noqa: PLR2004 - fewer are no distribution
        return None
    times = result.observations.worked(Bin.COUNTED)
    usual = result.percentile(95)
    assert usual is not None and result.median is not None  # noqa: PT018, S101 - some are measured
    width = next((each for each in WIDTHS if usual <= each * MOST_BARS), WIDTHS[-1])
    bars = min(max(5, -(-int(usual) // width) + 1), MOST_BARS)
    counts = [0] * bars
    beyond: Counter[bool] = Counter()
    edge = bars * width
    for time in times:
        n = time // (width * MINUTE)
        if n < bars:
            counts[n] += 1
        else:
            beyond[time > 2 * edge * MINUTE] += 1
    if edge < LONG:
        names = {False: f"{edge}–{2 * edge}", True: f"> {2 * edge}"}
        most = tuple((names[each], beyond[each]) for each in (False, True) if beyond[each])
    else:  # there is no room for more digits
        most = ((f"> {edge:,}", beyond.total()),) if beyond else ()
    marks = [(float(result.mean), Text(f"เฉลี่ย {number(result.mean)}", f"mean {number(result.mean)}"))]
    marks.append((float(result.median), Text(f"มัธยฐาน {number(result.median)}", f"median {number(result.median)}")))
    if seen.target is not None:
        marks.append((float(seen.target.value), Text(f"เป้าหมาย {seen.target}", f"target {seen.target}")))
    over = None if seen.target is None else float(seen.target.value)
    few = seen.carried
    half = both(
        lambda voice: (
            f"ครึ่งหนึ่งใช้เวลาไม่เกิน {took(float(result.median or 0), voice)}{few.th}"
            if voice.thai
            else f"Half took {took(float(result.median or 0), voice)} or less{few.en}"
        )
    )
    rows = [(f"{n * width:,}–{(n + 1) * width:,}", count) for n, count in enumerate(counts)] + list(most)
    columns = (Column(Text("นาที", "minutes"), words=True), Column(RECORDS))
    numbers = Grid(columns, tuple(Row((name, f"{count:,}")) for name, count in rows))
    what = Text(
        "จำนวนรายการตามเวลาราชการที่ใช้ แต่ละช่วงเริ่มที่เลขตัวแรก",
        "Records by the office time they took; each span begins at its first number",
    )
    drawing = Histogram(width, tuple(counts), most, tuple(marks), over)
    return Picture(f"{seen.number}-distribution", half, what, drawing, numbers)


def stages(seen: Seen) -> Picture | None:
    """In which stages records spent their office time; None where there is only one, or fewer than ten records."""
    measure, result = (None, None) if seen.result is None else (seen.result.measure, seen.result)
    if not isinstance(measure, Duration | Proportion) or result is None or not measure.clocked or measure.every:
        return None
    if isinstance(measure, Proportion) and measure.cap is None and not isinstance(measure.limit, Limit):
        return None  # a limit that records or the window bring along is no promise of office time
    looked = result.observations
    through = [n for n, (lies, end) in enumerate(zip(looked.bins, looked.ends, strict=True)) if lies in DONE and end]
    if len(through) < 10 or not any(_states(looked[n]) for n in through[:50]):  # noqa: PLR2004 - a few tell whether there are stages
        return None
    means = _means(looked, through, seen.outcome.context.clock)
    total = sum(means.values())
    if len(means) < 2 or not total:  # noqa: PLR2004 - one stage is the whole
        return None
    order = _order(seen, list(means))
    longest = max(means, key=lambda each: means[each])
    name, part = seen.called(longest), f"{round(100 * means[longest] / total)}"
    title = Text(
        f"ใช้เวลาที่ขั้น “{name.th}” มากที่สุด คือ {part} % ของทั้งหมด", f"Most time, {part} % of it, is spent while “{name.en}”"
    )
    n = len(through)
    what = both(
        lambda voice: (
            f"เวลาราชการเฉลี่ยในแต่ละขั้น รวม {took(float(total), voice)} ของ {n:,} รายการที่แล้วเสร็จ"
            if voice.thai
            else f"Mean office time in each stage, {took(float(total), voice)} in all, of {n:,} that are through"
        )
    )
    rows = tuple((seen.called(state), float(means[state])) for state in order)
    columns = (
        Column(Text("ขั้น", "stage"), words=True),
        Column(Text("นาที", "minutes")),
        Column(Text("ส่วนของทั้งหมด (%)", "part of all (%)")),
    )
    numbers = tuple(
        Row((seen.called(state), figure(means[state]), figure(100 * means[state] / total))) for state in order
    )
    return Picture(f"{seen.number}-stages", title, what, Stages(rows), Grid(columns, numbers))


def _means(seen: Observations, places: Sequence[int], clock: WorkClock) -> dict[str, Fraction]:
    """The mean minutes of office time in each state, as `time_spent` has them, without its evidence of each stay."""
    spans = [(seen.begins[n], seen.ends[n] or seen.begins[n], seen.records[n]) for n in places]
    index = clock.index(min(begin for begin, _, _ in spans), max(end for _, end, _ in spans))
    spent: Counter[str] = Counter()
    for begin, end, record in spans:
        edges = [(min(max(instant(event.at), begin), end), event.state) for event in record.history]
        worked = [(index.worked(at), state) for at, state in edges]
        for (since, state), (until, _) in pairwise([*worked, (index.worked(end), "")]):
            spent[state] += max(until - since, 0)
    return {state: WorkTime.of(time).minutes / len(places) for state, time in spent.items() if time}


def _states(one: Observation) -> bool:
    """Whether a record passed through more than one state between its start and its stop."""
    start, stop = one.start, one.stop
    if start is None or stop is None:
        return False
    return sum(start <= event.at < stop for event in one.record.history) > 1


def _order(seen: Seen, states: list[str]) -> list[str]:
    """The states in the order in which records first come to them, most often."""
    firsts: dict[str, Counter[int]] = {state: Counter() for state in states}
    for one in islice(seen.some(Bin.COUNTED), 500):
        for n, state in enumerate(dict.fromkeys(event.state for event in one.record.history)):
            if state in firsts:
                firsts[state][n] += 1
    return sorted(states, key=lambda state: firsts[state].most_common(1)[0][0] if firsts[state] else len(states))
