"""An outcome with what the parts of a report need of it (months, spread, names), each computed once."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from docflow.kpi import Bin, Count, DurationResult, Proportion, carriers
from docflow.kpi.words import Words, unit_name
from docflow.report.blocks import Verdict
from docflow.report.words import ENGLISH, THAI, both, took, valued
from docflow.text import NO_WORDS, Text, number, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docflow.kpi import Observation, Outcome, Result, Target
    from docflow.kpi.bins import Reason
    from docflow.text import Language
    from docflow.worktime import WorkTime

__all__ = ["RECORDS", "Seen", "anchor", "apart_in", "cap_of", "lowest_and_highest"]

RECORDS: Final = Text("รายการ", "records")
TENTH, NINE_TENTHS, WHOLE = 10, 90, 100
FEW: Final = Fraction(1, 10)
"""Where fewer than this part of the records took half of all the time, a report says so."""


def anchor(number: str) -> str:
    """Where links to an indicator lead: another place for each number, whatever marks it is written with.

    >>> anchor("1.5"), anchor("1.5 (a)"), anchor("ก")
    ('i-1.5', 'i-1.5_20_28a_29', 'i-_e01')
    """
    return "i-" + re.sub(r"[^0-9A-Za-z.-]", lambda mark: f"_{ord(mark[0]):x}", number)


def cap_of(outcome: Outcome) -> WorkTime | None:
    """The most time that each record may take, if a part of the indicator has such a cap; None otherwise."""
    measures = (part.indicator.measure for part in outcome.parts)
    return next((one.cap for one in measures if isinstance(one, Proportion) and one.cap is not None), None)


class Seen:
    """An outcome with what several parts of a report need of it.

    >>> from docflow.bangkok import PLAN_2563, office_clock, year_end
    >>> found = PLAN_2563.evaluate({}, as_of=year_end(office_clock()))
    >>> Seen(found["1.5"]).verdict.words.en, Seen(found["1.5"]).months
    ('no value yet', {})
    """

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.parts = tuple(Seen(one) for one in outcome.parts)
        self.number, self.title = outcome.indicator.number, outcome.indicator.title
        self.target, self.unit = outcome.target, outcome.unit

    def __iter__(self) -> Iterator[Seen]:
        """Itself, and its parts below it."""
        yield self
        for part in self.parts:
            yield from part

    @property
    def result(self) -> Result | None:
        """What decides; None for the mean of parts."""
        return self.outcome.result

    @property
    def reported(self) -> bool:
        """Whether another agency computes its value."""
        return self.result is not None and self.result.measure.reports

    @property
    def anchor(self) -> str:
        """The anchor of its section; what other agencies report has one section together."""
        return "reported" if self.reported else anchor(self.number)

    @property
    def verdict(self) -> Verdict:
        """Whether its target is met."""
        return Verdict(self.outcome.met, wanted=self.target is not None)

    @cached_property
    def value(self) -> Text:
        """Its value with the unit."""
        if self.outcome.value is None:
            return text("–")
        return both(lambda voice: valued(self.bare(self.outcome.value), self.unit, voice))

    def bare(self, value: Fraction | None) -> str:
        """A value in its unit, never rounded onto the target."""
        if self.unit == "times":
            return number(value)
        return str(self.outcome.figure) if value == self.outcome.value else number(value)

    @cached_property
    def months(self) -> Mapping[str, Fraction | None]:
        """Its value in each month of its window in which there is one; of what others report, none."""
        if self.reported:
            return {}
        if self.result is None:
            return {month: sum(values, Fraction()) / len(values) for month, values in self._means().items()}
        found = self.by_month
        return {month: found[month].value for month in self.outcome.window.months() if month in found}

    def _means(self) -> dict[str, list[Fraction]]:
        """The values of the parts in each month in which every part has one."""
        months = [part.months for part in self.parts]
        rows = {month: [one.get(month) for one in months] for month in self.outcome.window.months()}
        known = {month: [value for value in row if value is not None] for month, row in rows.items()}
        return {month: values for month, values in known.items() if values and len(values) == len(self.parts)}

    @cached_property
    def by_month(self) -> Mapping[str, Result]:
        """What was read in each month, by the reading that decides; nothing of what lasts, nor of a mean of parts."""
        return {} if self.result is None or not self.outcome.dated else self.result.by_month()

    def tally(self, month: str, lies: Bin) -> int:
        """How many records of a month lie in a bin."""
        if self.result is None:
            return sum(part.tally(month, lies) for part in self.parts)
        return self.by_month[month].observations.tally(lies) if month in self.by_month else 0

    @property
    def month_target(self) -> Target | None:
        """What each month's value should be; a year's number of times is no target of a month."""
        return None if self.result is not None and isinstance(self.result.measure, Count) else self.target

    @cached_property
    def bins(self) -> Mapping[Bin, int]:
        """How many records lie in each bin."""
        if self.result is not None:
            return {each: self.result.observations.tally(each) for each in Bin}
        return {each: len(some) for each, some in self.outcome.bins.items()}

    @property
    def kept(self) -> Text:
        """How its value compares with its target, as "> 12"."""
        value, target = self.outcome.value, self.target
        if value is None or target is None:
            return Text("", "")
        sign = "=" if value == target.value else ">" if value > target.value else "<"
        said = f"{sign} {number(target.value)}"
        return Text(said, said)

    @cached_property
    def carried(self) -> Text:
        """How many records took half of all the time, where they are few enough to explain the mean."""
        result = self.result
        if not isinstance(result, DurationResult) or result.measure.span.every:
            return NO_WORDS  # where a record is measured several times, it carries more than one time
        found = carriers(result)
        if not found:
            return NO_WORDS
        least = found[-1].elapsed.microseconds
        times = [time for time in result.observations.worked(Bin.COUNTED) if time >= least]  # with ties
        if len(times) >= FEW * self.bins[Bin.COUNTED]:
            return NO_WORDS
        minutes = float(found[-1].elapsed.minutes)
        percent = round(Fraction(WHOLE * sum(times), result.total.microseconds))
        return both(
            lambda voice: (
                f" แต่ {len(times):,} รายการที่ใช้ตั้งแต่ {took(minutes, voice)} ใช้ {percent} % ของเวลาทั้งหมด"
                if voice.thai
                else f", yet the {len(times):,} that took {took(minutes, voice)} or more used {percent} % of all time"
            )
        )

    def spread(self) -> tuple[tuple[Fraction | None, ...], ...]:
        """The low, middle and high time of each month; nothing of what is not a duration."""
        if not isinstance(self.result, DurationResult):
            return (), (), ()
        parts = [self.by_month[month] for month in self.months]
        found = [one for one in parts if isinstance(one, DurationResult)]
        return (
            tuple(one.percentile(TENTH) for one in found),
            tuple(one.median for one in found),
            tuple(one.percentile(NINE_TENTHS) for one in found),
        )

    def why(self, reason: Reason) -> Text:
        """A reason in the words of the indicator."""
        return both(lambda voice: self._words[voice.language].reason(reason))

    def called(self, name: str) -> Text:
        """A state, a step or a reading."""
        return both(lambda voice: self._words[voice.language].called(name))

    @cached_property
    def _words(self) -> Mapping[Language, Words]:
        zone, words = self.outcome.context.clock.tz, self.outcome.indicator.words
        return {voice.language: Words(voice.language, zone, words) for voice in (THAI, ENGLISH)}

    def reasons(self, lies: Bin) -> Counter[Reason]:
        """How many records lie in a bin for each reason."""
        if self.result is None:
            return Counter()
        seen = self.result.observations
        pairs = zip(seen.bins, seen.reasons, strict=True)
        return Counter(reason for each, reason in pairs if each is lies and reason is not None)

    def some(self, lies: Bin) -> Iterable[Observation]:
        """The observations of a bin, in the order of the records."""
        return () if self.result is None else self.result.observations.lying(lies)

    @property
    def named(self) -> Text:
        """The name of its unit."""
        return unit_name(self.unit)


def apart_in(unit: str) -> Text:
    """The unit of the difference of two values; of two percentages it is percentage points.

    >>> apart_in("%").en, apart_in("min").en
    ('percentage points', 'min')
    """
    return Text("จุดร้อยละ", "percentage points") if unit == "%" else unit_name(unit)


def lowest_and_highest(known: Mapping[str, Fraction]) -> Text:
    """Between which values some months lie.

    >>> from fractions import Fraction
    >>> lowest_and_highest({"2020-01": Fraction(3), "2020-02": Fraction(1)}).en
    'lowest 1 in Feb 2020, highest 3 in Jan 2020'
    """
    low, high = min(known, key=lambda month: known[month]), max(known, key=lambda month: known[month])
    least, most = number(known[low]), number(known[high])
    return both(
        lambda voice: (
            f"ต่ำสุด {least} ใน {voice.month(low)} สูงสุด {most} ใน {voice.month(high)}"
            if voice.thai
            else f"lowest {least} in {voice.month(low)}, highest {most} in {voice.month(high)}"
        )
    )
