"""The colours of a report, light and dark, by their use; text on them has a contrast of 4.5 or more."""

from __future__ import annotations

from typing import Final

__all__ = ["DARK", "LIGHT", "colours", "painted"]

LIGHT: Final = {
    "ground": "#ffffff",
    "panel": "#f3f5f8",
    "ink": "#16202b",
    "soft": "#4d5a67",
    "line": "#d0d8e0",
    "grid": "#e4e9ee",
    "met": "#00655a",
    "met-ground": "#def2ed",
    "miss": "#ad2018",
    "miss-ground": "#fce8e6",
    "series": "#1b5a96",
    "series-2": "#5f86ad",
    "band": "#d5e3f1",
    "zone": "#b9e2d7",
    "open": "#fff4d6",
    "hatch": "#c4cdd6",
    "heat-1": "#e6eff8",
    "heat-2": "#c3daee",
    "heat-3": "#93bfe1",
    "heat-4": "#8fbce0",
    "heat-5": "#2868a5",
    "heat-6": "#113c69",
    "on-heat": "#ffffff",
    "state-0": "#8795a4",
    "state-1": "#9ac2e6",
    "state-2": "#4c8cc5",
    "state-3": "#1a4c80",
    "state-4": "#c08a3e",
    "state-5": "#7a5c99",
}
DARK: Final = {
    "ground": "#10161c",
    "panel": "#19212a",
    "ink": "#e9eef3",
    "soft": "#abb7c3",
    "line": "#384552",
    "grid": "#28333e",
    "met": "#61d2b7",
    "met-ground": "#113730",
    "miss": "#ff9d92",
    "miss-ground": "#44211e",
    "series": "#80bbf1",
    "series-2": "#5c86ad",
    "band": "#22405d",
    "zone": "#1d5c4f",
    "open": "#2d2b1a",
    "hatch": "#44515e",
    "heat-1": "#15273b",
    "heat-2": "#1c3e5e",
    "heat-3": "#265987",
    "heat-4": "#2b639a",
    "heat-5": "#7ab4e4",
    "heat-6": "#bcdbf8",
    "on-heat": "#10161c",
    "state-0": "#8592a0",
    "state-1": "#c0e0fb",
    "state-2": "#6aa9de",
    "state-3": "#3b78b0",
    "state-4": "#d9a55c",
    "state-5": "#ab8fcb",
}


def colours(palette: dict[str, str]) -> str:
    """A palette as properties of a style sheet.

    >>> colours({"ink": "#000000"})
    '--ink:#000000'
    """
    return ";".join(f"--{name}:{colour}" for name, colour in palette.items())


def painted(style: str, palette: dict[str, str]) -> str:
    """A style sheet with the colours themselves in the place of their names, for readers that know no names.

    >>> painted("text{fill:var(--ink)}", {"ink": "#000000"})
    'text{fill:#000000}'
    """
    for name, colour in palette.items():
        style = style.replace(f"var(--{name})", colour)
    return style
