"""The reference: one page for each room, with every public name, written from the docstrings when the site is built."""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from public import ROOMS, Name, definition, everything, names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

PAGES = "reference/api"
LITERAL = re.compile(r"(?<!`)`([^`]+)`(?!`)")
WITHIN = {"InstantClock", "DayLimit"}
"""Classes whose methods answer in integers, to the rest of the library."""
NOTHING = ast.Constant(None)
LONG = 300
"""Characters of a value that are shown."""


def write(app: Sphinx) -> None:
    """A page for each room, and none for rooms that are gone."""
    folder = Path(app.srcdir, PAGES)
    folder.mkdir(exist_ok=True)
    pages = {folder / f"{room}.rst": "\n".join(_page(room)) + "\n" for room in ROOMS}
    for stale in set(folder.glob("*.rst")) - set(pages):
        stale.unlink()
    for path, text in pages.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:  # else Sphinx would read it again
            path.write_text(text, encoding="utf-8")


def _page(room: str) -> Iterator[str]:
    found = names(room)
    yield from (room, "=" * len(room), "")
    yield from _restructured(inspect.cleandoc(import_module(room).__doc__ or "").splitlines())
    yield from ("", ".. list-table::", "   :widths: 25 75", "   :class: names", "")
    for one in found:
        yield f"   * - :py:obj:`~{PLACES[one.home, one.name]}`"
        yield f"     - {_sentence(one.words)}"
    yield ""
    for one in found:
        if PLACES[one.home, one.name] == one.path:
            yield from (one.name, "-" * len(one.name), "", *_entry(one), "")


def _entry(one: Name) -> Iterator[str]:
    if one.kind == "data":
        yield f".. py:data:: {one.path}"
        if isinstance(one.value, str | int | float | tuple | frozenset) and len(repr(one.value)) <= LONG:
            yield f"   :value: {one.value!r}"
        yield from ("", *("   " + line for line in _restructured(one.words.splitlines())))
    else:
        yield f".. auto{one.kind}:: {one.path}"
        if one.kind != "function":
            cached = _cached(one)
            yield from ("   :members:", "   :undoc-members:", "   :inherited-members:")
            yield f"   :exclude-members: {', '.join(cached)}"
            yield ""
            for name, node in cached.items():
                yield from (f"   .. py:property:: {name}", f"      :type: {ast.unparse(node.returns or NOTHING)}", "")
                words = inspect.cleandoc(ast.get_docstring(node) or "").splitlines()
                yield from ("      " + line for line in [*_restructured(words), ""])


def _cached(one: Name) -> dict[str, ast.FunctionDef]:
    """Properties that are computed once: in slotted classes attrs makes slots of them, which know no docstring."""
    assert isinstance(one.value, type)  # noqa: S101 - for the type checker
    own = [base for base in one.value.__mro__ if base.__module__.startswith("docflow") and base.__name__ not in WITHIN]
    return {
        node.name: node
        for base in reversed(own)
        for node in definition(base)
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and any("cached_property" in ast.unparse(each) for each in node.decorator_list)
    }


def _sentence(words: str) -> str:
    """The first sentence of a docstring, or its first line where that ends in a colon."""
    first = words.partition("\n\n")[0].partition("\n>>>")[0].replace("\n", " ").partition(". ")[0]
    return _words(first.rstrip(".:") + ".")


PLACES = {(one.home, one.name): one.path for one in everything()}
SHORT = {one.name: one.path for one in everything()}


def _link(written: str) -> str:
    """What stands in backticks: a link where it is a public name, else as it is written."""
    name = written.removesuffix("()")
    return f":py:obj:`{written} <{SHORT[name]}>`" if name in SHORT else f"``{written}``"


def _words(line: str) -> str:
    """A line of Markdown as reStructuredText: backticks become links or literals, and nothing else has a meaning."""
    parts = LITERAL.split(line)
    for n, part in enumerate(parts):
        if n % 2 == 0:
            bullet, plain = re.match(r"(\s*(?:\* )?)(.*)", part, re.DOTALL).groups() if n == 0 else ("", part)
            parts[n] = bullet + re.sub(r"([*|\\]|_(?=\W|$))", r"\\\1", plain)
        else:
            link = _link(part)
            before = "" if not parts[n - 1] or parts[n - 1][-1] in " ([{" else "\\ "
            after = "" if n + 1 == len(parts) or not parts[n + 1][:1].isalnum() else "\\ "
            parts[n] = f"{before}{link}{after}"
    return "".join(parts)


def _restructured(lines: list[str]) -> list[str]:
    """A docstring as reStructuredText: examples stand apart, all else is words."""
    done: list[str] = []
    example = fenced = False
    for line in lines:
        if line.startswith("```"):
            fenced = not fenced
            done += [".. code-block:: python", ""] if fenced else [""]
            continue
        if fenced:
            done.append("   " + line)
            continue
        if line.lstrip().startswith(">>>") and not example:
            example = True
            if done and done[-1].strip():
                done.append("")
        example = example and bool(line.strip())
        done.append(line if example else _words(line))
    return done


def process(_app: Sphinx, _what: str, _name: str, _value: object, _options: object, lines: list[str]) -> None:
    """Autodoc's hook: the lines of a docstring, changed where they stand."""
    lines[:] = _restructured(lines)


def skip(_app: Sphinx, _what: str, _name: str, value: object, skipped: bool, _options: object) -> bool:  # noqa: FBT001
    """What a class has from elsewhere, such as `str`, is documented there."""
    made = getattr(value, "fget", None) or getattr(value, "func", None) or getattr(value, "__func__", value)
    owner = getattr(value, "__objclass__", made)
    routine = inspect.isroutine(made) or isinstance(owner, type)
    elsewhere = routine and not f"{owner.__module__}".startswith("docflow")
    within = getattr(made, "__qualname__", "").partition(".")[0] in WITHIN
    return skipped or elsewhere or within


def setup(app: Sphinx) -> dict[str, bool]:
    """Make it known to Sphinx."""
    app.connect("builder-inited", write)
    app.connect("autodoc-process-docstring", process)
    app.connect("autodoc-skip-member", skip)
    return {"parallel_read_safe": True}
