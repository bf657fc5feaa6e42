"""The places of all cases of a result: counted at once, and made one by one when somebody looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias, overload

from attrs import frozen

from docflow.kpi.places import Bin, Placed, Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docflow.kpi.passages import Passage
    from docflow.kpi.records import Traced

__all__ = ["Columns", "Places", "Verdict"]

Verdict: TypeAlias = "tuple[Bin, int | None, Why | None]"
"""What a measure says of a passage: its bin, the instant it was due or how long it took, and why it does not count."""

Columns: TypeAlias = "tuple[list[Bin], list[int | None], list[Why | None]]"
"""The verdicts on many passages; a million tuples would keep the garbage collector busy."""


@frozen(eq=False, repr=False)
class Places(Sequence[Placed]):
    """Where each case lies, in the order in which the cases were given.

    An indicator over 100,000 letters under six readings asks mostly how many lie in each bin. So a place is put
    together when it is looked at: readings share the passages they judged, and keep of each its verdict.
    """

    spans: Sequence[Passage | Placed]
    """What was judged, or the place itself where nothing had to be."""
    bins: Sequence[Bin]
    numbers: Sequence[int | None]
    whys: Sequence[Why | None]
    timed: bool = False
    """Whether the numbers say how long cases took; else they say when they were due."""

    @classmethod
    def of(cls, places: Iterable[Placed]) -> Places:
        """Places that are put together already."""
        if isinstance(places, Places):
            return places
        made = tuple(places)
        nothing = [None] * len(made)
        return cls(made, [place.bin for place in made], nothing, nothing)

    def tally(self, lies: Bin) -> int:
        """How many lie in a bin."""
        return self.bins.count(lies)

    def worked(self, lies: Bin) -> list[int]:
        """How long those in a bin took, in microseconds, as far as that is known."""
        numbers = self.numbers if self.timed else [None] * len(self.bins)
        found = (
            span.worked if type(span) is Placed else number
            for span, each, number in zip(self.spans, self.bins, numbers, strict=True)
            if each is lies
        )
        return [worked for worked in found if worked is not None]

    def latest_due(self) -> int | None:
        """The last instant at which any of the cases was due."""
        made = (span.due_at for span in self.spans if type(span) is Placed)
        return max(filter(None, (*made, *(() if self.timed else self.numbers))), default=None)

    def months(self) -> dict[str, list[int]]:
        """Which places belong to each month ("2019-11") in which a clock started; what is excluded belongs to none."""
        months: dict[tuple[int, int], list[int]] = {}
        for n, (span, lies) in enumerate(zip(self.spans, self.bins, strict=True)):
            day = None if lies is Bin.EXCLUDED else span.day
            if day is not None:
                months.setdefault((day.year, day.month), []).append(n)
        return {f"{year:04}-{month:02}": some for (year, month), some in sorted(months.items())}

    def case(self, n: int) -> Traced:
        """The case of a place, without putting the place together."""
        return self.spans[n].case

    def __len__(self) -> int:
        return len(self.bins)

    @overload
    def __getitem__(self, n: int) -> Placed: ...
    @overload
    def __getitem__(self, n: slice) -> Places: ...
    def __getitem__(self, n: int | slice) -> Placed | Places:
        if isinstance(n, slice):
            return self.some(range(len(self))[n])
        return self._made(self.spans[n], self.bins[n], self.numbers[n], self.whys[n])

    def __iter__(self) -> Iterator[Placed]:
        return map(self._made, self.spans, self.bins, self.numbers, self.whys)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Places | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _made(self, span: Passage | Placed, lies: Bin, number: int | None, why: Why | None) -> Placed:
        if isinstance(span, Placed):
            return span
        if lies is Bin.EXCLUDED:
            return Placed(span.case, lies, why=why)
        due, worked = (None, number) if self.timed else (number, None)
        return Placed(span.case, lies, span.day, span.start, span.stop, due, worked, why)

    def some(self, which: Sequence[int]) -> Places:
        """The places that stand there."""
        return Places(
            [self.spans[n] for n in which],
            [self.bins[n] for n in which],
            [self.numbers[n] for n in which],
            [self.whys[n] for n in which],
            self.timed,
        )
