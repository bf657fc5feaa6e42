"""Contrast as WCAG 2.2 defines it, and colours as a browser says them; nothing of docflow is used here.

Definitions: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio and #dfn-relative-luminance
"""

import re

TEXT, MARK = 4.5, 3
"""The least ratio of a text (success criterion 1.4.3), and of a mark that says something (1.4.11)."""


def ratio(one, other):
    """From 1 (the same) to 21 (black on white); a colour is three numbers from 0 to 255."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def colour(said):
    """What `getComputedStyle` says, as three numbers from 0 to 255 and how much of it is seen, from 0 to 1."""
    kind, numbers = re.fullmatch(r"(rgba?|color)\((.*)\)", said).groups()
    found = [float(one) for one in re.findall(r"-?[\d.]+(?:e-?\d+)?", numbers.removeprefix("srgb "))]
    if kind == "color":
        if not numbers.startswith("srgb "):
            raise ValueError(f"{said}: is in no space that is read here; write it as #rrggbb")
        found[:3] = [255 * one for one in found[:3]]
    return (tuple(found[:3]), found[3] if len(found) > 3 else 1)


def seen(layers):
    """What is seen of colours that lie on each other, the lowest first, which nothing shines through."""
    below = (255, 255, 255)
    for above, part in layers:
        below = tuple(part * a + (1 - part) * b for a, b in zip(above, below, strict=True))
    return below


def _luminance(shown):
    red, green, blue = (_linear(one / 255) for one in shown)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
