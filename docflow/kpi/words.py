"""How an outcome explains itself: the official formula with the numbers filled in, in Thai or English."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from docflow.errors import visible
from docflow.kpi.conditions import EachMonth, Holding, Standing
from docflow.kpi.figures import Durations, Entered, Rate, Scores, Tally
from docflow.kpi.moments import Moment
from docflow.kpi.places import Bin, Kind
from docflow.kpi.windows import Window
from docflow.thai import buddhist_year, format_date, format_datetime

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docflow.kpi.outcomes import Outcome
    from docflow.kpi.places import Why
    from docflow.kpi.results import Result
    from docflow.kpi.targets import Language, Text

__all__ = ["BINS", "explained", "figure", "shown", "unit_name", "unsure"]

MOST_ITEMS: Final = 12
WHOLE: Final = Fraction(100)
UNITS: Final = {
    "%": ("%", "%"),
    "min": ("นาที", "min"),
    "times": ("ครั้ง", "times"),
    "points": ("คะแนน", "points"),
    "level": ("ระดับ", "level"),
    "": ("", ""),
}
BINS: Final = {
    Bin.COUNTED: ("นับ", "counted"),
    Bin.LATE: ("ล่าช้า", "late"),
    Bin.MISSED: ("ไม่ผ่าน", "missed"),
    Bin.RUNNING: ("ยังไม่ครบกำหนด", "running"),
    Bin.UNFINISHED: ("ยังไม่แล้วเสร็จ", "unfinished"),
    Bin.EXCLUDED: ("ไม่นับในตัวชี้วัดนี้", "excluded"),
}
REASONS: Final = {
    Kind.NOT_REACHED: "ยังไม่ถึง {}",
    Kind.OUTSIDE: "เริ่มนับนอกช่วง {}",
    Kind.BACKWARDS: "{} ก่อน {}",
    Kind.VOID: "{} ก่อน {}",
    Kind.NO_CALENDAR: "อยู่นอกปฏิทิน ({})",
    Kind.NOT_WANTED: "ไม่ได้ระบุกำหนด",
    Kind.OTHER_YEAR: "เป็นค่าของปีอื่น",
    Kind.NO_SCORE: "ไม่มีคะแนน",
    Kind.ANOTHER: "เป็นค่าของตัวชี้วัดอื่น",
    Kind.REPLACED: "มีค่าที่รายงานภายหลัง",
    Kind.UNLESS: "เคยถึง {}",
}
ORDERS: Final = {
    ("once", "th"): "{0}",
    ("last", "th"): "{0}ครั้งสุดท้าย",
    ("times", "th"): "{0} {1} ครั้ง",
    ("once", "en"): "{0}",
    ("last", "en"): "last {0}",
    ("times", "en"): "{1} × {0}",
}
EVERY_MONTH: Final = {"th": "{0} แล้ว{1}ทุกเดือนจน{2}", "en": "{0}, then {1} every month until {2}"}
MET: Final = {True: ("บรรลุ", "met"), False: ("ไม่บรรลุ", "not met"), None: ("ยังไม่มีค่า", "no value yet")}


def figure(value: Fraction | None, *, apart: Fraction | None = None) -> str:
    """A value with two decimals, or more where two would make it look like the number it must be told `apart` from.

    >>> from fractions import Fraction
    >>> figure(Fraction(2, 3)), figure(Fraction(12)), figure(None)
    ('0.67', '12.00', '–')
    >>> figure(Fraction(4801, 400), apart=Fraction(12))
    '12.002'
    """
    if value is None:
        return "–"
    places = 2
    while apart is not None and value != apart and round(value, places) == apart:
        places += 1
    return f"{float(round(value, places)):,.{places}f}"


def shown(outcome: Outcome) -> str:
    """An outcome's value, never rounded onto its target, and what is not all never onto all."""
    value, target = outcome.value, outcome.target
    if value is not None and outcome.counted_in == "%" and value < WHOLE and figure(value) == figure(WHOLE):
        return figure(value, apart=WHOLE)
    return figure(value, apart=None if target is None else target.value)


def unit_name(outcome: Outcome, language: Language) -> str:
    """What an outcome's value is counted in; a unit that has no name here is its own."""
    return _pick(UNITS.get(outcome.counted_in, (outcome.counted_in,) * 2), language)


def unsure(year: int, *languages: Language) -> str:
    """What is said of a year whose holidays are not all announced.

    >>> print(unsure(2027, "en"))
    the holidays of 2027 are not all announced: figures may change
    """
    return " ".join(_unsure(year, language) for language in languages)


def _unsure(year: int, language: Language) -> str:
    if language == "th":
        return f"วันหยุดราชการ พ.ศ. {buddhist_year(date(year, 1, 1))} ยังประกาศไม่ครบ ผลอาจเปลี่ยน"
    return f"the holidays of {year} are not all announced: figures may change"


def explained(outcome: Outcome, language: Language) -> str:
    """An outcome in words, one line a fact."""
    th = language == "th"
    indicator, target = outcome.indicator, outcome.target
    lines = [f"{indicator.number} {indicator.title.said(language)}"]
    if indicator.formula.said(language):
        lines.append(indicator.formula.said(language))
    unit = unit_name(outcome, language)
    value = shown(outcome)
    if outcome.value is not None and isinstance(outcome.result, Tally | Entered):
        lines.append(f"{_number(outcome.value)} {unit}".rstrip())  # nothing is divided
    else:
        lines.append(f"{_filled(outcome)} = {value} {unit}".rstrip())
    if isinstance(outcome.result, Entered) and outcome.result.reported is not None:
        reported = outcome.result.reported
        said = f"ที่มา {outcome.result.source} วันที่" if th else f"source {outcome.result.source}, reported"
        lines.append(f"{said} {_day(reported.day, language)}")
    if target is not None:
        goal = f"{target.direction} {_number(target.value)} {unit}".rstrip()
        lines.append(f"{'เป้าหมาย' if th else 'target'} {goal}: {_pick(MET[outcome.met], language)}")
    window = f"{_day(outcome.window.first, language)} – {_day(outcome.window.last, language)}"
    lines.append(f"{window}{' ณ ' if th else ', as of '}{_moment(outcome.as_of, language)}")
    lines += [f"! {unsure(year, language)}" for year in outcome.provisional]
    if outcome.result is not None:
        lines += _binned(outcome.result, language, dict(indicator.words))
    lines += _readings(outcome, language)
    for part in outcome.parts:
        lines += [f"  {line}" for line in explained(part, language).splitlines()]
    return "\n".join(map(visible, lines))


def _filled(outcome: Outcome) -> str:
    """The formula with the numbers in it."""
    result = outcome.result
    if result is None:
        return _mean_of([part.value for part in outcome.parts])
    if isinstance(result, Rate):
        return f"{len(result.counted):,} × 100 / {result.denominator:,}"
    if isinstance(result, Durations):
        return f"{_number(result.numerator)} / {result.denominator:,}"
    if isinstance(result, Scores):
        return _mean_of(list(result.items.values()))
    return _number(result.numerator)


def _mean_of(values: list[Fraction | None]) -> str:
    shown = [figure(value) for value in values[:MOST_ITEMS]] + ["…"] * (len(values) > MOST_ITEMS)
    return f"({' + '.join(shown)}) / {len(values)}"


def _binned(result: Result, language: Language, words: dict[str, Text]) -> Iterable[str]:
    """How many records lie in each bin, and for each reason how many are excluded or have missed."""
    counts = [f"{_pick(BINS[each], language)} {len(some):,}" for each, some in result.bins.items() if some]
    yield " · ".join(counts) or ("ไม่มีรายการ" if language == "th" else "no records")
    for each in (Bin.MISSED, Bin.EXCLUDED):
        for why, n in Counter(place.why for place in result.bins[each] if place.why is not None).items():
            yield f"  {_pick(BINS[each], language)} {n:,}: {_reason(why, language, words)}"


def _reason(why: Why, language: Language, words: dict[str, Text]) -> str:
    said = (_particular(each, language, words) for each in why.particulars)
    return (REASONS[why.kind] if language == "th" else why.kind).format(*said)


def _particular(each: object, language: Language, words: dict[str, Text]) -> str:
    """What a reason speaks of: a window, a moment of a history, a state, or what a calendar says."""
    if isinstance(each, Window):
        return f"{_day(each.first, language)} – {_day(each.last, language)}"
    if isinstance(each, Moment):
        order = "last" if each.last else "times" if each.nth > 1 else "once"
        name = ORDERS[order, language].format(_called(each.state, language, words), each.nth)
        again = (" หลังเริ่มนับ" if language == "th" else " after the start") if each.after_start else ""
        inside = (" ภายในช่วงเวลา" if language == "th" else " inside the window") if each.inside else ""
        return f"{name}{_by(each.unit, language, words)}{again}{inside}"
    if isinstance(each, Standing):
        when = " ในหรือก่อนช่วงเวลา" if language == "th" else " in or before the window"
        return f"{_called(each.state, language, words)}{_by(each.unit, language, words)}{when}"
    if isinstance(each, Holding):
        still = "และยังคงอยู่" if language == "th" else " and still so"
        return (
            f"{(' หรือ ' if language == 'th' else ' or ').join(_called(s, language, words) for s in each.states)}{still}"
        )
    if isinstance(each, EachMonth):
        after, until = (_particular(moment, language, words) for moment in (each.after, each.until))
        then = _called(each.state, language, words)
        return EVERY_MONTH[language].format(after, then, until)
    return _called(str(each), language, words)


def _called(name: str, language: Language, words: dict[str, Text]) -> str:
    return words[name].said(language) if name in words else name


def _by(unit: str | None, language: Language, words: dict[str, Text]) -> str:
    return "" if unit is None else f"{' โดย' if language == 'th' else ' by '}{_called(unit, language, words)}"


def _readings(outcome: Outcome, language: Language) -> Iterable[str]:
    """What every reading would say, and on how many records they disagree."""
    readings = outcome.readings
    if readings is None:
        return
    th, words = language == "th", dict(outcome.indicator.words)
    for name, result in readings.results.items():
        mark = (" ★ ใช้ตัดสิน" if th else " ★ official") if name == readings.official else ""
        yield f"{'วิธีนับ' if th else 'read as'} {_called(name, language, words)}: {figure(result.value)}{mark}"
    changed = len(readings.changed())
    yield f"{changed:,} รายการที่ผลต่างกันตามวิธีนับ" if th else f"{changed:,} records whose bin depends on the reading"


def _number(value: Fraction | None) -> str:
    """A number as short as it can be exactly, or with two decimals."""
    if value is None:
        return "–"
    return f"{value.numerator:,}" if value.denominator == 1 else figure(value)


def _day(day: date | None, language: Language) -> str:
    if day is None:
        return "–"
    return format_date(day) if language == "th" else day.isoformat()


def _moment(at: datetime, language: Language) -> str:
    return format_datetime(at) if language == "th" else f"{at:%Y-%m-%d %H:%M}"


def _pick(pair: tuple[str, str], language: Language) -> str:
    return pair[0 if language == "th" else 1]
