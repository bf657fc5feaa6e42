"""Eight processes write to one store at once, while others read it and prove it.

That the order of the chain is that of the commits is shown by another clock: each process notes, by the machine's
monotonic clock, when a unit of work began and when it had ended. What ended before another began stands above it.
"""

import json
import time

import pytest
from forked import end, start
from hypothesis import settings

from docflow import Letter
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.store import Store

pytestmark = pytest.mark.laws  # it searches, for writers that come into each other's way

WRITERS = 8
LETTERS = min(500, 10 * settings().max_examples)
"""500 before a merge, and fewer while one works."""
UNITS = ("GA", "Treasury", "สำนักอนามัย")
IN_A_UNIT = 3
"""A line, which workflow its case follows, and the first entry."""


def write(place, writer):
    """When each unit of work began and ended, and the number that it gave."""
    noted = []
    with Store.open(place) as office:
        for n in range(LETTERS):
            begun = time.monotonic_ns()
            with office.write(by=f"writer {writer}") as desk:
                letter = Letter(number="", subject=f"{writer}.{n}")
                unit = UNITS[(writer + n) % len(UNITS)]
                number = desk.receive(letter, unit=unit, workflow=INCOMING_EXTERNAL_LETTER).number
            noted.append((begun, time.monotonic_ns(), unit, number.n))
    return noted


def read(place):
    """What a reader sees until all is written: how many proofs held, and how many letters stood at each of them."""
    seen = [0]
    with Store.open(place) as office:
        while seen[-1] < WRITERS * LETTERS:
            with office.read() as books:
                place_of_head = books.head.place
                whole = place_of_head - 2 if place_of_head > 1 else 0  # but the store's own record and the workflow
                assert whole % IN_A_UNIT == 0, "a reader saw a part of a unit of work"
                assert len(list(books._reader.every_record())) == place_of_head
            proof = office.verify()
            assert proof.holds, proof
            assert proof.head.place >= place_of_head
            seen.append(whole // IN_A_UNIT)
            time.sleep(0.2)  # leave the machine to the writers
    return seen


def test_many_write_at_once_and_nothing_is_lost_doubled_or_out_of_order(place):
    Store.create(place).close()
    begun = time.monotonic()
    writers = [start(write, place, writer) for writer in range(WRITERS)]
    reader = start(read, place)
    noted = [one for writer in writers for one in end(writer)]
    print(f"{WRITERS} x {LETTERS} letters in {time.monotonic() - begun:.1f} s")  # noqa: T201 - shown with -s
    seen = end(reader)
    assert seen == sorted(seen)
    with Store.open(place) as office, office.read() as books:
        kept = list(books._reader.every_record())
        register = books.register
        assert office.verify().holds
    lines = [one for one in kept if one.kind == "line"]
    assert [one.place for one in kept] == list(range(1, 3 + WRITERS * LETTERS * IN_A_UNIT))
    assert [one.writing for one in lines] == list(range(2, 2 + WRITERS * LETTERS))
    assert [one.written for one in kept] == sorted(one.written for one in kept)

    # No number twice, none missing; each is the letter of whom it was given to.
    numbers = {unit: [one.n for one in lines if one.unit == unit] for unit in UNITS}
    for unit, given in numbers.items():
        assert given == list(range(1, len(given) + 1))
        assert given == sorted(n for _, _, of, n in noted if of == unit)
    assert len(register.cases) == WRITERS * LETTERS
    subjects = {json.loads(one.content)["letter"]["subject"] for one in lines}
    assert subjects == {f"{writer}.{n}" for writer in range(WRITERS) for n in range(LETTERS)}

    # The order of the chain is that of the commits.
    moments = {(unit, n): (begun, ended) for begun, ended, unit, n in noted}
    latest_begin = 0
    for one in lines:
        began, ended = moments[one.unit, one.n]
        assert ended > latest_begin, f"record {one.place} ended before one above it began"
        latest_begin = max(latest_begin, began)
