"""The store: registers and cases kept in one file or one database, where rows only grow and nothing is lost."""

from docflow.store.books import Books
from docflow.store.chain import Head
from docflow.store.desk import Desk
from docflow.store.store import Store

__all__ = ["Books", "Desk", "Head", "Store"]
