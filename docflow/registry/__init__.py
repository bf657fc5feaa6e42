"""The registers in which letters get their numbers, as the Thai correspondence regulation B.E. 2526 orders them."""

from docflow.registry.case_register import CaseRegister
from docflow.registry.forms import pages, stamp
from docflow.registry.grades import archive_date, disposal_date, format_urgency, parse_urgency
from docflow.registry.lines import Change, Line, Registration
from docflow.registry.notes import Corrected, Delivery, Filled, Linked, Note, Restored, Tracked, Void
from docflow.registry.numbers import Book, Direction, RegisterNumber
from docflow.registry.page import Page
from docflow.registry.registry import Registry
from docflow.registry.volume import Volume

__all__ = [
    "Book",
    "CaseRegister",
    "Change",
    "Corrected",
    "Delivery",
    "Direction",
    "Filled",
    "Line",
    "Linked",
    "Note",
    "Page",
    "RegisterNumber",
    "Registration",
    "Registry",
    "Restored",
    "Tracked",
    "Void",
    "Volume",
    "archive_date",
    "disposal_date",
    "format_urgency",
    "pages",
    "parse_urgency",
    "stamp",
]
