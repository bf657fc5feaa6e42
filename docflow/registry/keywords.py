"""Further keywords of the methods of a registry: what may be said of a line, and what may be corrected in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from docflow.letters import Origin, Retention, Urgency
    from docflow.registry.notes import Numbers

__all__ = ["Content", "Correctable", "Said"]


class Content(TypedDict, total=False):
    """What else may be said of a letter when it is registered."""

    replies_to: Numbers
    related: Numbers
    action: str
    remark: str
    recipients: Iterable[str]


class Said(Content, total=False):
    """The same, and who registered it."""

    by: str | None


class Correctable(TypedDict, total=False):
    """What may be corrected: the letter's fields, its own remark, and the action and remark of the line."""

    reference: str
    dated: date | None
    sender: str
    recipient: str
    subject: str
    unit: str
    origin: Origin | str
    urgency: Urgency | str
    wanted_by: datetime | None
    retention: Retention | str
    attributes: Mapping[str, Any]
    letter_remark: str
    action: str
    remark: str
