"""What all errors have in common: one class to catch, and a sentence that cannot steer what shows it."""

from __future__ import annotations

from typing import ClassVar, dataclass_transform

from attrs import define

from docflow.safe import visible


class DocflowError(Exception):
    """The class of every error that docflow raises on purpose: catch it to catch them all.

    >>> from docflow import WorkTime
    >>> try:
    ...     WorkTime(hours="an hour")
    ... except DocflowError as error:
    ...     print(error)
    'an hour' is not a number that can be counted; give a whole number or a Fraction

    What was given has fields of its own (here `error.amount`). The sentence is made `visible` (`docflow.safe`): no
    character in it can steer a terminal. What is of a wrong type, such as a number for a text, raises `TypeError`.
    """

    def __init_subclass__(cls) -> None:
        if own := cls.__dict__.get("__str__"):
            cls.__str__ = lambda self: visible(own(self))  # type: ignore[method-assign]  # it wraps its own


@dataclass_transform(eq_default=False)
class SentenceError(DocflowError):
    """An attrs class that `says` a sentence about its own fields, or has a `__str__` of its own."""

    says: ClassVar[str] = ""

    def __init_subclass__(cls, *, says: str = "") -> None:
        super().__init_subclass__()
        cls.says = says or cls.says
        define(cls, eq=False, slots=False)

    def __str__(self) -> str:
        return self.says.format(self)
