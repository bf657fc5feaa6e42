"""`verify`: whether all in a store is as it was written, and whether it refuses every change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docflow.bangkok import WORKFLOWS
from docflow.command.speaking import OptionError
from docflow.errors import StoreError
from docflow.store import Store
from docflow.store.chain import hash_on

if TYPE_CHECKING:
    from argparse import Namespace

__all__ = ["job", "opened"]


def job(options: Namespace) -> int:
    """Say what the proof says: 0 when it holds, 1 when not. Raises `StoreError` when it cannot be asked."""
    with opened(options) as store:
        proof = store.verify(printed=_hash(options.printed, store.name))
    print(proof)  # noqa: T201 - this is where the command speaks; on one line, so that the hash can be copied
    return 0 if proof.holds else 1


def _hash(printed: str | None, store: str) -> str | None:
    try:
        return None if printed is None else hash_on(printed)
    except TypeError as error:
        raise StoreError(store, "unreadable", str(error)) from None


def opened(options: Namespace) -> Store:
    """The store that was named, to be read. Raises `StoreError` when there is none, and `OptionError`."""
    if options.schema is not None and "://" not in options.store:
        raise OptionError(f"{options.store}: --schema is for a store in PostgreSQL, and this is a file; leave it out")
    more = {} if options.schema is None else {"schema": options.schema}
    return Store.open(options.store, workflows=WORKFLOWS, **more)
