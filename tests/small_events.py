"""Events of made-up records as rows of a table, and a result of any kind as plain values to compare."""

from datetime import UTC, datetime, timedelta
from random import Random

from docflow.instants import instant, local
from docflow.kpi import Event, Record

STATES = ("came", "went", "came", "back", "withdrawn")
UNITS = ("registry", "legal", None)
ZERO = datetime(2019, 9, 20, tzinfo=UTC)
COLUMNS = ("case", "activity", "at", "unit", "group")


def around(edges):
    """Each instant, and a microsecond before and after it."""
    return sorted({at + near for at in edges for near in (-1, 0, 1)})


def drawn_records(seed, n, edges=()):
    """Records over a few states: some begin at chosen instants, some have steps at one moment, some never end."""
    random = Random(seed)  # noqa: S311 - no secret
    made = []
    for number in range(1, n + 1):
        at, history = ZERO + timedelta(minutes=random.randrange(400 * 24 * 60)), []
        if edges and random.random() < 0.5:
            at = local(random.choice(edges), UTC)
        for state in STATES[: random.randint(1, len(STATES))]:
            if random.random() < 0.8:
                history.append(Event(state, at, random.choice(UNITS)))
            far = random.choice((0, 1, 12 * 60, 3 * 24 * 60, 40 * 24 * 60))
            at += timedelta(minutes=random.randint(0, far), microseconds=random.randint(0, 1))
        made.append(Record(f"{number}/2563", history))
    return [record for record in made if record.history]


def rows_of(records, seed=0):
    """A row for each event, in any order: case, activity, moment, unit, and a group that each case has one of."""
    rows = [
        (one.number, event.state, event.at.astimezone(UTC), event.unit, f"group {n % 3}")
        for n, one in enumerate(records)
        for event in one.history
    ]
    Random(seed).shuffle(rows)  # noqa: S311 - no secret
    return {name: [row[n] for row in rows] for n, name in enumerate(COLUMNS)}


def whole(result):
    """The value and the bins of a result, and those of each month."""
    return [figures(result), {month: figures(part) for month, part in result.by_month().items()}]


def figures(result):
    bins = {lies: some if isinstance(some, int) else len(some) for lies, some in result.bins.items()}
    return result.value, result.denominator, bins


def case_by_case(result):
    """What each observation of a `Result` says, by the number of its record."""
    return {seen.record.number: _said(seen) for seen in result.observations}


def row_by_row(table):
    """The same of the observations in a table of Arrow."""
    columns = ("bin", "cause", "start", "stop", "due", "elapsed")
    return {row["case"]: [_plain(row[name]) for name in columns] for row in table.to_pylist()}


def _said(seen):
    cause = "" if seen.reason is None else seen.reason.cause.name.lower()
    start, stop = (None if seen.start is None else at for at in (seen.begin, seen.end))
    return [str(seen.bin), cause, start, stop, seen.due_at, seen.worked]


def _plain(value):
    return instant(value) if isinstance(value, datetime) else value
