"""The words for what pauses took from the days of an explanation: how much, and since and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from docflow.text import Text
from docflow.worktime.amount import WorkTime

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from docflow.text import Language
    from docflow.worktime.day_counts import DayCounted
    from docflow.worktime.moments import Span

__all__ = ["ToldPauses"]

SEVERAL: Final = 3
"""Of more pauses than this, nobody reads when each of them was."""
PAUSED: Final = Text("หยุดนับ {} {}", "paused {}, {}")
SINCE: Final = Text("ตั้งแต่ {}", "from {}")
UNTIL: Final = Text("ถึง {}", "until {}")
ALL_DAY: Final = Text("ทั้งวัน", "all day")
OFTEN: Final = Text("{} ครั้ง", "{} times")


@frozen
class ToldPauses:
    """The pauses on the way to a deadline; each tells its start and its stop on the first and last day that it took."""

    days: Sequence[DayCounted]
    language: Language
    moment: Callable[[datetime, date | None], str]
    """How a moment is said, without its date on the day that is told."""
    taken: Mapping[Span, list[date]] = field(init=False)
    """The days on which each pause took something."""

    @taken.default
    def _taken(self) -> dict[Span, list[date]]:
        taken: dict[Span, list[date]] = {}
        for one in self.days:
            for pause in one.pauses if one.paused else ():
                taken.setdefault(pause, []).append(one.day)
        return taken

    def ends_on(self, one: DayCounted) -> bool:
        """Whether a pause takes its first or its last on a day."""
        return any(one.day in (self.taken[pause][0], self.taken[pause][-1]) for pause in one.pauses if one.paused)

    def said(self, days: Sequence[DayCounted]) -> str:
        """How long some days that follow each other were paused, and since and until when."""
        pauses = list(dict.fromkeys(pause for one in days if one.paused for pause in one.pauses))
        if len(pauses) > SEVERAL:
            when = OFTEN.said(self.language).format(len(pauses))
        else:
            ends = [self._ends(pause, days[0].day, days[-1].day) for pause in pauses]
            when = ", ".join(filter(None, ends)) or (ALL_DAY.said(self.language) if len(days) == 1 else "")
        amount = sum((one.paused for one in days), WorkTime()).said(self.language)
        return PAUSED.said(self.language).format(amount, when).rstrip(", ")

    def _ends(self, pause: Span, first: date, last: date) -> str:
        """From when and until when a pause was, where it took its first or its last on one of these days."""
        taken, today = self.taken[pause], first if first == last else None
        since = [SINCE.said(self.language).format(self.moment(pause.start, today))] * (taken[0] >= first)
        until = [UNTIL.said(self.language).format(self.moment(pause.stop, today))] * (taken[-1] <= last)
        return " ".join(since + until)
