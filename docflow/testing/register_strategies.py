"""Hypothesis strategies for letters and registers; all shrink towards what is short and plain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from docflow.errors import RegisterError
from docflow.instants import instant
from docflow.letters import Letter, Secrecy, Urgency
from docflow.registry import Delivery, Registry
from docflow.testing.letter_strategies import HOUR, OPENED, UNITS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from docflow.registry import RegisterNumber
    from docflow.testing.route_strategies import Draw

__all__ = ["end", "letters", "registered", "registries"]

RECIPIENTS: Final = ("East Office", "West Office")
NAMES: Final = ("Somchai", "Somying", "Somsak", "Somsri", "")
REASONS: Final = ("written twice", "a slip", "so it was decided", "ลงซ้ำ", "")
SUBJECTS: Final = ("", "A market", "ขอเชิญประชุม")


def letters() -> st.SearchStrategy[Letter]:
    """Letters of every urgency and secrecy, without a number yet.

    >>> from docflow.testing import letters
    >>> from hypothesis import find
    >>> find(letters(), lambda letter: letter.subject == "A market").urgency.value
    'ordinary'
    """
    return st.builds(
        Letter,
        number=st.just(""),
        subject=st.sampled_from(SUBJECTS),
        urgency=st.sampled_from(Urgency),
        secrecy=st.sampled_from(Secrecy),
    )


@st.composite
def registries(draw: st.DrawFn) -> Registry:
    """Registers of two units over a new year: what is received, sent, forwarded and reserved, and notes below lines.

    >>> from docflow.testing import registries
    >>> from hypothesis import find
    >>> find(registries(), lambda registry: len(registry) > 1).volumes[0].year
    2562
    """
    registry, at = Registry(), OPENED
    for _ in range(draw(st.integers(0, 14))):
        registry, at = registered(draw, registry, at)
    return registry


def registered(draw: Draw, registry: Registry, at: datetime) -> tuple[Registry, datetime]:
    """The registry after somebody has tried to write something, and when that was; what is refused changes nothing."""
    at += draw(st.sampled_from((0, 1, 24, -1))) * HOUR
    numbers = [one.number for one in registry]
    try:
        if numbers and draw(st.booleans()):
            return _noted(draw, registry, draw(st.sampled_from(numbers)), at), at
        return _written(draw, registry, numbers, at), at
    except RegisterError:
        return registry, at


def _written(draw: Draw, registry: Registry, numbers: list[RegisterNumber], at: datetime) -> Registry:
    """The registry with one line more."""
    known = st.sampled_from(numbers) if numbers else st.nothing()
    unit, direction = draw(st.sampled_from(UNITS)), draw(st.sampled_from(("receipt", "sending")))
    what = draw(st.sampled_from(("receive", "send", "reserve", *("forward", "forward", "reply") * bool(numbers))))
    match what:
        case "forward":
            return registry.forward(draw(known), unit=unit, at=at)[0]
        case "reserve":
            return registry.reserve(
                unit=unit, direction=direction, at=at, by=draw(st.sampled_from(NAMES)), why="to be signed",
                secret=draw(st.booleans()),
            )[0]  # fmt: skip
        case "reply":
            replies = draw(known | st.lists(known, max_size=2))
            related = draw(st.lists(known, max_size=2))
            return registry.send(draw(letters()), unit=unit, at=at, replies_to=replies, related=related)[0]
        case "receive":
            return registry.receive(draw(letters()), unit=unit, at=at, n=draw(st.none() | st.integers(1, 4)))[0]
    recipients = draw(st.lists(st.sampled_from(RECIPIENTS), unique=True))
    return registry.send(draw(letters()), unit=unit, at=at, recipients=recipients)[0]


def _noted(draw: Draw, registry: Registry, number: RegisterNumber, at: datetime) -> Registry:
    """The registry with one note more, below the line of a number."""
    line, others = registry[number].line, st.sampled_from([one.number for one in registry])
    signed: dict[str, Any] = {"by": draw(st.sampled_from(NAMES)), "why": draw(st.sampled_from(REASONS)), "at": at}
    onward: list[Callable[[], Registry]] = [
        lambda: registry.void(number, **signed),
        lambda: registry.correct(number, **draw(corrected()), **signed),
        lambda: registry.link(
            number, replies_to=draw(st.none() | others), related=draw(st.lists(others, max_size=2)), **signed
        ),
    ]
    if line.void is not None:
        onward += [lambda: registry.restore(number, **signed)] * 3  # what few lines can have, they have more often
    if line.letter is None:
        grade = st.sampled_from([Secrecy.SECRET if number.book.secret else Secrecy.OPEN, Secrecy.CONFIDENTIAL])
        onward += [lambda: registry.fill(number, Letter(number="", secrecy=draw(grade)), **signed)] * 2
    if line.recipients:
        who = st.sampled_from((*line.recipients, "Nobody"))
        onward += [lambda: registry.note_status(number, draw(who), draw(st.sampled_from(Delivery)), **signed)] * 3
    note: Callable[[], Registry] = draw(st.sampled_from(onward))
    return note()


def corrected() -> st.SearchStrategy[dict[str, Any]]:
    """What somebody might correct: something of the letter, of its line, or of both."""
    texts = st.sampled_from(SUBJECTS)
    return st.fixed_dictionaries(
        {"subject": texts},
        optional={"urgency": st.sampled_from(Urgency), "remark": texts, "letter_remark": texts, "action": texts},
    )


def end(registry: Registry) -> datetime:
    """When the last line or note was written; what comes then or later goes back in time nowhere."""
    written = [moment for one in registry for moment in (one.at, *(note.at for note in one.notes))]
    return max(written, key=instant, default=OPENED)
