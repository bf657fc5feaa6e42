"""What lies in each bin, by the bin's name: the same of a result and of an outcome."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from docflow.kpi.bins import Bin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docflow.kpi.observation import Observation

__all__ = ["Binned"]


class Binned(ABC):
    """Observations, each in exactly one bin."""

    __slots__ = ()

    @abstractmethod
    def lying(self, lies: Bin) -> tuple[Observation, ...]:
        """The observations of one bin."""

    @property
    def bins(self) -> Mapping[Bin, tuple[Observation, ...]]:
        """The observations of each bin, empty ones too."""
        return {each: self.lying(each) for each in Bin}

    @property
    def counted(self) -> tuple[Observation, ...]:
        """Those that did what is asked, in time if there is a limit, or were measured."""
        return self.lying(Bin.COUNTED)

    @property
    def late(self) -> tuple[Observation, ...]:
        """Those done after they were due, or open when they were due."""
        return self.lying(Bin.LATE)

    @property
    def missed(self) -> tuple[Observation, ...]:
        """Those that did not, where time is not the reason."""
        return self.lying(Bin.MISSED)

    @property
    def running(self) -> tuple[Observation, ...]:
        """Those that are open and still can: shown, and left out of the denominator."""
        return self.lying(Bin.RUNNING)

    @property
    def unfinished(self) -> tuple[Observation, ...]:
        """Those whose clock is running; `elapsed` is None where the calendar ends before `as_of`."""
        return self.lying(Bin.UNFINISHED)

    @property
    def excluded(self) -> tuple[Observation, ...]:
        """Those that it does not speak of, each with the reason."""
        return self.lying(Bin.EXCLUDED)
