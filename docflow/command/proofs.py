"""`verify`: whether all in a store is as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docflow.bangkok import WORKFLOWS
from docflow.command.speaking import say
from docflow.report.words import ENGLISH
from docflow.store import Store

if TYPE_CHECKING:
    from argparse import Namespace

__all__ = ["job", "opened"]


def job(options: Namespace) -> int:
    """Say what the proof says: 0 when it holds, 1 when not. Raises `StoreError` when it cannot be asked."""
    with opened(options) as store:
        proof = store.verify(printed=options.printed)
    say(str(proof), ENGLISH)
    return 0 if proof.holds else 1


def opened(options: Namespace) -> Store:
    """The store that was named, to be read. Raises `StoreError` when there is none."""
    more = {} if options.schema is None else {"schema": options.schema}
    return Store.open(options.store, workflows=WORKFLOWS, **more)
