"""A process is killed while it writes: what it was told is written is there, and nothing of it is there in halves.

The tables are read again with nothing but the driver of each engine. Each unit of work has a writer of its own, so that
its records can be counted.
"""

import os
import random
import signal
import sqlite3
import struct
import time
from collections import Counter
from contextlib import closing, nullcontext
from itertools import count, cycle, islice, product

import psycopg
import pytest
from forked import fork
from hooks import hooked, statements_of
from sqlalchemy import make_url

from docflow import Letter
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.store import Store

pytestmark = pytest.mark.laws  # it searches, for a moment at which something is lost

KILLS = 200
IN_A_UNIT = 13
"""How many records of a book each unit of work writes."""
ACKNOWLEDGED = struct.Struct("=ii")


def work(office, writer):
    with office.write(by=writer) as desk:
        first, second, third = (
            desk.receive(Letter(number="", subject=writer), unit=unit, workflow=INCOMING_EXTERNAL_LETTER).number
            for unit in ("GA", "GA", "Treasury")
        )  # 3 records each
        desk.apply(first, "hand_over")
        desk.correct(second, why="misspelt", subject=f"{writer}, corrected")  # a note, and an amendment of the case
        desk.forward(third, unit="GA")


def records(place):
    """Every record as the engine's driver gives it: place, writing, time, writer, unit, year, number, kind."""
    asked = "SELECT place, writing, written, writer, unit, year, n, kind FROM {}record ORDER BY place"
    if isinstance(place, str):
        url = make_url(place)
        with psycopg.connect(host=url.query["host"], user=url.username, dbname=url.database) as connection:
            return connection.execute(asked.format("docflow.")).fetchall()
    with closing(sqlite3.connect(place)) as connection:
        return connection.execute(asked.format("")).fetchall()


def die_at(office, kth, name):
    """Let this process be killed at a statement, before it is said or when it was answered."""
    asked = count(1)

    def see(*_):
        if next(asked) == kth:
            os.kill(os.getpid(), signal.SIGKILL)

    return hooked(office, **{name: see})


def writing_child(place, run, kth, name):
    """A process that writes and acknowledges until it is killed; its number, and the end of its pipe."""
    ours, its = os.pipe()
    child = fork()
    if child:
        os.close(its)
        return child, ours
    try:
        office = Store.open(place, patience=5)  # after the kill before, writing goes on at once
        with die_at(office, kth, name) if kth else nullcontext():
            for unit in count():
                work(office, f"{run}.{unit}")
                os.write(its, ACKNOWLEDGED.pack(run, unit))
    finally:
        os._exit(1)


def killed(place, run, kth, name, chance):
    """What a process had acknowledged when it was killed."""
    child, pipe = writing_child(place, run, kth, name)
    with os.fdopen(pipe, "rb") as told:
        said = b""
        if not kth:
            said = told.read(ACKNOWLEDGED.size * chance.randrange(1, 4))
            time.sleep(chance.uniform(0, 0.005))  # any moment will do
            os.kill(child, signal.SIGKILL)
        said += told.read()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL, f"run {run} ended by itself"
    return [f"{run}.{unit}" for run, unit in ACKNOWLEDGED.iter_unpack(said)]


def see_whole(kept, acknowledged):
    """See that nothing acknowledged is missing, nothing is there in halves, and no number is left out."""
    by_writer = Counter(writer for *_, writer, unit, _, _, _ in kept if unit is not None)
    assert set(acknowledged) <= set(by_writer)
    assert {writer: many for writer, many in by_writer.items() if many != IN_A_UNIT} == {}
    assert [place for place, *_ in kept] == list(range(1, len(kept) + 1))
    assert sorted({writing for _, writing, *_ in kept}) == list(range(1, kept[-1][1] + 1))
    lines = {}
    for *_, unit, year, n, kind in kept:
        if kind == "line":
            lines.setdefault((unit, year), []).append(n)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in lines.values())


def test_nothing_acknowledged_is_lost_and_nothing_is_half_when_a_process_is_killed(place):
    seed = random.randrange(10**6)  # noqa: S311 - nothing is kept secret
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)  # noqa: S311
    writers = count()
    with Store.create(place) as office:
        many = len(statements_of(office, lambda store: work(store, f"to count, {next(writers)}")))
    # Half of the kills are at each statement of the first two units of work in turn; the others at any moment.
    turns = product(range(1, 2 * many + 1), ("before", "after"))
    moments = [*islice(cycle(turns), KILLS // 2), *[(0, "")] * (KILLS - KILLS // 2)]
    acknowledged = []
    for run, (kth, name) in enumerate(moments):
        acknowledged += killed(place, run, kth, name, chance)
    with Store.open(place) as office:
        work(office, "last")
        assert office.verify().holds
    see_whole(records(place), [*acknowledged, "last"])
    assert len(acknowledged) > KILLS
