"""What is public: the names in `__all__` of these modules, and no others."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

FACE: Final = "docflow"
ROOMS: Final = (
    "docflow.worktime",
    "docflow.letters",
    "docflow.registry",
    "docflow.kpi",
    "docflow.workplans",
    "docflow.files",
    "docflow.store",
    "docflow.tables",
    "docflow.report",
    "docflow.report.script",
    "docflow.report.figures",
    "docflow.thai",
    "docflow.bangkok",
    "docflow.bangkok.files",
    "docflow.testing",
    "docflow.command",
    "docflow.errors",
    "docflow.text",
    "docflow.instants",
)


class Name(NamedTuple):
    """A public name: the room that shows it, what it is, and the module that defines it."""

    room: str
    name: str
    value: object
    home: str

    @property
    def path(self) -> str:
        """How it is written in full."""
        return f"{self.room}.{self.name}"

    @property
    def kind(self) -> str:
        """`class`, `exception` or `function`; all else is `data`."""
        if isinstance(self.value, type) and self.value.__name__ == self.name:  # an alias is data
            return "exception" if issubclass(self.value, BaseException) else "class"
        return "function" if inspect.isroutine(self.value) else "data"

    @property
    def words(self) -> str:
        """Its docstring; of data the text that stands below its assignment."""
        if self.kind != "data":
            return inspect.cleandoc(self.value.__doc__ or "")
        return _below(self.home, self.name)


def names(room: str) -> list[Name]:
    """The public names of a room, sorted."""
    module = import_module(room)
    return [
        Name(room, name, getattr(module, name), _home(room, name)) for name in sorted(getattr(module, "__all__", ()))
    ]


def everything() -> Iterator[Name]:
    """Each public name once, in the first room that shows it."""
    seen = set()
    for room in ROOMS:
        for one in names(room):
            if (one.home, one.name) not in seen:
                seen.add((one.home, one.name))
                yield one


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(Path(import_module(module).__file__ or "").read_text(encoding="utf-8"))


def _home(module: str, name: str) -> str:
    """The module in which a name is assigned or defined: what others import is followed."""
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("docflow"):
            for each in node.names:
                if (each.asname or each.name) == name:
                    return _home(node.module, each.name)
    return module


def _below(module: str, name: str) -> str:
    """The text literal that stands below the assignment of a name."""
    body = _tree(module).body
    for node, after in zip(body, [*body[1:], None], strict=True):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        named = any(isinstance(target, ast.Name) and target.id == name for target in targets)
        if named and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            return inspect.cleandoc(str(after.value.value))
    return ""


def definition(kind: type) -> list[ast.stmt]:
    """What stands in the body of a class."""
    for node in _tree(kind.__module__).body:
        if isinstance(node, ast.ClassDef) and node.name == kind.__name__:
            return node.body
    return []
