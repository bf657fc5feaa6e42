"""Which modules one letter passes on its way from its row in the register to its percentage.

    python tests/walk.py

A register with one row is read and its indicator evaluated; each module of docflow in which a function then ran is
counted, in the order of its first call. What is done once for all letters, such as writing the years of the calendar,
does not count: another letter is read before. `docs/explanation/design.md` tells the walk in words.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from registers import as_csv, row

from docflow.bangkok import FISCAL_YEAR, OFFICIAL_READING, SCREENING_IN_TIME, office_clock, year_end
from docflow.bangkok.files import read_register

MOST = 37
"""So many today; the aim is 22."""
CLOCK = office_clock()
END = year_end(CLOCK)


def percentage(path):
    """The proportion of letters that are submitted in time, over a register."""
    letters = read_register(path).cases
    return SCREENING_IN_TIME[OFFICIAL_READING].read(letters, CLOCK, window=FISCAL_YEAR, as_of=END).value


def walked():
    """The modules, without "docflow.", in the order in which the letter comes to them."""
    found = {}

    def note(frame, event, _):
        name = frame.f_globals.get("__name__", "")
        if event == "call" and name.startswith("docflow."):
            found.setdefault(name.removeprefix("docflow."))

    with TemporaryDirectory() as folder:
        register = Path(folder) / "register.csv"
        register.write_text(as_csv([row()]), encoding="utf-8")
        percentage(register)
        sys.setprofile(note)
        try:
            value = percentage(register)
        finally:
            sys.setprofile(None)
    assert value == 100
    return list(found)


if __name__ == "__main__":
    for n, module in enumerate(walked(), 1):
        print(f"{n:2} {module}")
