"""`page`: one day of a register that a store keeps, as the regulation's form draws it, and the hash below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docflow.command.proofs import opened
from docflow.command.registers import unit_of
from docflow.errors import StoreError
from docflow.registry import pages
from docflow.report.script import write
from docflow.report.typeset import screen_width
from docflow.thai import format_date, parse_date

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import date

    from docflow.registry import Page, Registry
    from docflow.store import Store

__all__ = ["job"]


def job(options: Namespace) -> int:
    """Print one page. Raises `StoreError` for what the store does not have, and for one that was altered."""
    day = parse_date(options.day) if options.day else None
    with opened(options) as store, store.read() as books:
        _see_genuine(store)
        page = _page(books.registry, store.name, day, options)
        head = books.head
    if options.html:
        write(options.html, page.html() + "\n", source=options.store)
    for line in (*page.text(width=options.width or screen_width()).splitlines(), "", str(head)):
        print(line)  # noqa: T201 - this is where the command speaks
    return 0


def _see_genuine(store: Store) -> None:
    """See that the store is as it was written: a page that was altered would be taken for a genuine one."""
    proof = store.verify()
    if proof.holds:
        return
    if proof.broken:
        problem, way = f"it is not as it was written ({proof.broken})", "ask verify, and restore the last backup"
    else:
        problem, way = (
            f"it does not refuse every change any more ({', '.join(proof.unguarded)})",
            "verify says who mends that",
        )
    raise StoreError(store.name, "damaged", f"{problem}, and no page of it is printed; {way}")


def _page(registry: Registry, store: str, day: date | None, options: Namespace) -> Page:
    unit = unit_of(registry, store, options.direction, options.unit)
    volumes = [
        one
        for one in registry.volumes
        if (one.book.unit, one.book.direction.value) == (unit, options.direction) and len(one.lines)
    ]
    found = [page for one in volumes for page in pages(one, digits=options.digits)]
    wanted = [page for page in found if page.day == day] if day else found
    if day and not wanted:
        days = f"{format_date(found[0].day)} to {format_date(found[-1].day)}"
        raise StoreError(
            store, "no such page", f"nothing was registered on {format_date(day)}; its days are from {days}"
        )
    return max(wanted, key=lambda page: page.day)
