"""The figures that must not change: computed anew, compared with the golden files.

When one is meant to change, write the files anew with `python tests/golden/renew.py` and look at every difference.
"""

import json

import pytest
from frozen import FROZEN, GOLDEN, place

pytestmark = pytest.mark.scripts

RENEW = "if this is meant, run python tests/golden/renew.py and look at git diff tests/golden"


@pytest.mark.parametrize("name", FROZEN)
def test_what_is_computed_is_what_stands_in_the_golden_file(name):
    kept, found = place(name).read_text(encoding="utf-8"), FROZEN[name]()
    if name.endswith(".json"):
        assert json.loads(found) == json.loads(kept), RENEW
    assert found == kept, RENEW


def test_the_damaged_folders_have_faults_of_every_kind():
    kinds = set()
    for name in ("damaged-cells.json", "damaged-rows.json"):
        for faults in json.loads((GOLDEN / name).read_text(encoding="utf-8"))["faults"].values():
            kinds |= {fault.split(" | ")[2] for fault in faults}
    assert kinds >= {"unreadable", "reversed", "duplicate", "unknown"}
