"""The registers in which letters get their numbers, as the Thai correspondence regulation B.E. 2526 orders them."""

from docflow.registry.forms import Page, pages, stamp
from docflow.registry.grades import archive_date, disposal_date, format_urgency, parse_urgency
from docflow.registry.numbers import Book, Direction, RegisterNumber
from docflow.registry.registry import Registry
from docflow.registry.volume import Line, Registration, Void, Volume

__all__ = [
    "Book",
    "Direction",
    "Line",
    "Page",
    "RegisterNumber",
    "Registration",
    "Registry",
    "Void",
    "Volume",
    "archive_date",
    "disposal_date",
    "format_urgency",
    "pages",
    "parse_urgency",
    "stamp",
]
