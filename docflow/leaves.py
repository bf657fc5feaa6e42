"""Leaves: an immutable sequence in blocks of 256 items, so that adding or amending one copies one block."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Leaves"]

T = TypeVar("T")
Leaf = tuple[T, ...]
SIZE: Final = 256  # items on a leaf


class Leaves(Sequence[T]):
    """The items of a tuple on leaves of 256: adding one copies the last leaf and no other, amending one its own leaf.

    >>> some = Leaves(["a", "b"])
    >>> some.adding("c"), some
    (Leaves(['a', 'b', 'c']), Leaves(['a', 'b']))
    >>> some.adding("c") == ("a", "b", "c")
    True

    It is equal to the tuple of its items and has its hash; a slice of it is a tuple. What it was made of is copied, so
    nothing that happens to that reaches it.
    """

    __slots__ = ("_leaves", "_length")

    def __init__(self, items: Iterable[T] = ()) -> None:
        every = tuple(items)
        self._leaves = tuple(every[n : n + SIZE] for n in range(0, len(every), SIZE))
        self._length = len(every)

    @classmethod
    def of(cls, items: Iterable[T]) -> Leaves[T]:
        """The items as leaves; those that are leaves already are not copied."""
        return items if isinstance(items, Leaves) else cls(items)

    def adding(self, item: T) -> Leaves[T]:
        """The same with one more item."""
        if self._length % SIZE:
            return self._bound((*self._leaves[:-1], (*self._leaves[-1], item)), self._length + 1)
        return self._bound((*self._leaves, (item,)), self._length + 1)

    def amending(self, place: int, item: T) -> Leaves[T]:
        """The same with another item at a place. Raises `IndexError` for a place that it does not have."""
        if not 0 <= place < self._length:
            raise IndexError(place)
        no, here = divmod(place, SIZE)
        leaf = self._leaves[no]
        amended = (*leaf[:here], item, *leaf[here + 1 :])
        return self._bound((*self._leaves[:no], amended, *self._leaves[no + 1 :]), self._length)

    def upto(self, end: int) -> Leaves[T]:
        """The first items, as many as that; whole leaves are shared."""
        no, here = divmod(min(end, self._length), SIZE)
        last = (self._leaves[no][:here],) if here else ()
        return self._bound((*self._leaves[:no], *last), min(end, self._length))

    def replacing(self, begin: int, end: int, items: Sequence[T]) -> Leaves[T]:
        """The same with other items from one place to before another; leaves that hold none of them are shared.

        >>> Leaves("abcd").replacing(1, 3, "xyz")
        Leaves(['a', 'x', 'y', 'z', 'd'])

        With more items than before, or fewer, the leaves behind them are bound anew.
        """
        first = begin // SIZE
        last = -(-end // SIZE) if len(items) == end - begin else len(self._leaves)
        there = tuple(chain.from_iterable(self._leaves[first:last]))
        there = (*there[: begin - first * SIZE], *items, *there[end - first * SIZE :])
        anew = (there[n : n + SIZE] for n in range(0, len(there), SIZE))
        length = self._length + len(items) - (end - begin)
        return self._bound((*self._leaves[:first], *anew, *self._leaves[last:]), length)

    @staticmethod
    def _bound(leaves: tuple[Leaf[T], ...], length: int) -> Leaves[T]:
        made: Leaves[T] = object.__new__(Leaves)
        made._leaves, made._length = leaves, length
        return made

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self._leaves)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            return tuple(self)[place]
        at = place + self._length if place < 0 else place
        if not 0 <= at < self._length:
            raise IndexError(place)
        return self._leaves[at // SIZE][at % SIZE]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Leaves):
            return self._leaves == other._leaves
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[Callable[[Iterable[T]], Leaves[T]], tuple[tuple[T, ...]]]:
        return Leaves, (tuple(self),)

    def __copy__(self) -> Leaves[T]:
        return self

    def __repr__(self) -> str:
        return f"Leaves({list(self)!r})"
