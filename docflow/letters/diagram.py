"""A workflow's table as a picture: the text that Mermaid and Graphviz draw. Marks in a name are escaped.

What tells the destinations of one step apart stands in square brackets behind its name, as UML has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docflow.letters.process import Guard, Process

__all__ = ["dot", "mermaid"]


def mermaid(process: Process, titles: Mapping[str, str]) -> str:
    """A Mermaid state diagram, as GitHub and many editors draw it inside a block marked `mermaid`."""
    ids = {state: f"s{n}" for n, state in enumerate(process.states)}
    lines = ["stateDiagram-v2", f"    [*] --> {ids[process.initial]}: {_entities(_title(process.opening, titles))}"]
    lines += [f'    state "{_entities(_title(state, titles))}" as {ids[state]}' for state in process.states]
    lines += [
        f"    {ids[source]} --> {ids[destination]}: {_entities(label)}"
        for source, destination, label in _moves(process, titles)
    ]
    lines += [f"    {ids[state]} --> [*]" for state in process.ends]
    if process.waiting:
        waiting = ",".join(ids[state] for state in process.waiting)
        lines += ["    classDef waiting stroke-dasharray: 5 5", f"    class {waiting} waiting"]
    return "\n".join(lines) + "\n"


def dot(process: Process, titles: Mapping[str, str]) -> str:
    """A directed graph in Graphviz' DOT language: final states in double lines, waiting ones in dashes."""
    ids = {state: f"s{n}" for n, state in enumerate(process.states)}
    lines = [
        f"digraph {_quoted(_title(process.name, titles))} {{",
        "    rankdir=LR",
        "    node [shape=box style=rounded]",
    ]
    lines += [
        "    start [shape=point]",
        f"    start -> {ids[process.initial]} [label={_quoted(_title(process.opening, titles))}]",
    ]
    for state in process.states:
        looks = " peripheries=2" * (state in process.ends) + ' style="rounded,dashed"' * (state in process.waiting)
        lines.append(f"    {ids[state]} [label={_quoted(_title(state, titles))}{looks}]")
    lines += [
        f"    {ids[source]} -> {ids[destination]} [label={_quoted(label)}]"
        for source, destination, label in _moves(process, titles)
    ]
    return "\n".join([*lines, "}"]) + "\n"


def _moves(process: Process, titles: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Source, destination and label of each line; where a step leads to several, what tells them apart is said too."""
    moves = []
    for line in process.transitions:
        label = _title(line.trigger, titles)
        if len(process.table[line.source, line.trigger]) > 1:
            label += f" [{', '.join(_title(_called(guard), titles) for guard in line.guards)}]"
        moves.append((line.source, line.destination, label))
    return moves


def _called(guard: Guard) -> str:
    return str(getattr(guard, "__name__", guard))


def _title(name: str, titles: Mapping[str, str]) -> str:
    return titles.get(name, name.replace("_", " "))


def _entities(text: str) -> str:
    """Every mark that could mean something to Mermaid as its number; letters of any language stay."""
    return "".join(c if c in " .,-" or category(c)[0] in "LMN" else f"#{ord(c)};" for c in text)


def _quoted(text: str) -> str:
    plain = "".join(" " if category(c)[0] in "CZ" else c for c in text)
    escaped = plain.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{escaped}"'
