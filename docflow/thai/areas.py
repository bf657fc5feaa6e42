"""Where an office is: the provinces and the regions of Thailand.

The regions are the five for which the cabinet made holidays in 2021: the North, the North-East, the Centre with
Bangkok, the East and the South. The 77 provinces are data, in `provinces.csv` beside this file.
"""

from __future__ import annotations

import csv
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from docflow.errors import UnknownAreaError

__all__ = ["area_named", "places_of"]

REGIONS = {
    "central": "ภาคกลาง",
    "east": "ภาคตะวันออก",
    "north": "ภาคเหนือ",
    "north-east": "ภาคตะวันออกเฉียงเหนือ",
    "south": "ภาคใต้",
}


@cache
def _provinces() -> dict[str, tuple[str, str]]:
    with files("docflow.thai").joinpath("provinces.csv").open(encoding="utf-8") as lines:
        return {row["province"]: (row["thai"], row["region"]) for row in csv.DictReader(lines)}


@cache
def _names() -> dict[str, str]:
    thai = {name: province for province, (name, _) in _provinces().items()}
    return {
        **{name: name for name in (*_provinces(), *REGIONS)},
        **thai,
        **{name: key for key, name in REGIONS.items()},
    }


def area_named(name: str) -> str:
    """The English name of a province or region, from its English or its Thai name.

    >>> area_named("กรุงเทพมหานคร"), area_named("north-east")
    ('bangkok', 'north-east')

    Raises `UnknownAreaError` for any other text, with the names that are nearest to it.
    """
    if not isinstance(name, str) or name not in _names():
        near = get_close_matches(str(name).strip().casefold(), _names(), n=3, cutoff=0.7)
        raise UnknownAreaError(name, list(dict.fromkeys(_names()[each] for each in near)))
    return _names()[name]


def places_of(area: str | None) -> frozenset[str]:
    """The places whose holidays an office has: its province and the region of that; for a region, only the region.

    >>> sorted(places_of("nonthaburi")), sorted(places_of("south")), sorted(places_of(None))
    (['central', 'nonthaburi'], ['south'], [])

    Source: the provinces that had the regional holidays of 2021, 17 in the North, 20 in the North-East, 18 in the
    Centre, 8 in the East and 14 in the South.
    """
    if area is None:
        return frozenset()
    return frozenset({area, _provinces()[area][1]} if area in _provinces() else {area})
