"""The store: registers and cases kept in one file or one database, where rows only grow and nothing is lost."""

try:
    import sqlalchemy as _  # noqa: F401 - so that its lack is told before anything of the room is made
except ModuleNotFoundError as missing:
    need = "a store is kept through SQLAlchemy, which is not installed; run: pip install 'docflow-registry[store]'"
    raise ModuleNotFoundError(need) from missing

from docflow.store.books import Books
from docflow.store.chain import Head
from docflow.store.desk import Desk
from docflow.store.exports import check_export
from docflow.store.finding import Found
from docflow.store.folding import Stub
from docflow.store.proving import Broken, Proof
from docflow.store.store import Store

__all__ = ["Books", "Broken", "Desk", "Found", "Head", "Proof", "Store", "Stub", "check_export"]
