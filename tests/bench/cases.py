"""What letters cost against bound state machines, side by side in one run: python tests/bench/cases.py.

Needs docflow-registry; python-statemachine is measured beside it when it is installed. Each figure is the best of
several rounds; quote the ratios, not the microseconds. The aims are those the project set itself.

Everybody reads the same rows, and keeps for each letter the steps it took: docflow its cases, the others a list of
(trigger, moment, state). The others judge the move alone; docflow also judges the time and who may do it.
"""

import copy
import gc
import pickle
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from time import perf_counter
from timeit import repeat
from zoneinfo import ZoneInfo

import pendulum
from transitions import MachineError

from docflow import Letter
from docflow.bangkok import INCOMING_EXTERNAL_LETTER as TABLE
from docflow.letters import replay_events

try:
    from statemachine import State, StateMachine
except ImportError:
    StateMachine = None

STEPS = 1_000_000
PART = 90_000  # of which the memory is counted
FEW = 20_000  # which the others take, for they are slow
BANGKOK = ZoneInfo("Asia/Bangkok")
FIRST = datetime(2019, 10, 1, 8, 30, tzinfo=BANGKOK)
AT_ONCE, LATER = timedelta(0), timedelta(seconds=30)
PASSAGE = (
    ("receive", timedelta(0), "Somchai", "registrar", "registry"),
    ("hand_over", timedelta(hours=1), "Somchai", "registrar", "registry"),
    ("ask_sender", timedelta(hours=3), "Somying", "officer", "legal affairs"),
    ("sender_answers", timedelta(days=2), "Somying", "officer", "legal affairs"),
    ("screen", timedelta(days=2, hours=2), "Somying", "officer", "legal affairs"),
    ("summarize", timedelta(days=3), "Somying", "officer", "legal affairs"),
    ("submit", timedelta(days=3, hours=4), "Malee", "head", "legal affairs"),
    ("order", timedelta(days=6), "Anan", "executive", "office of the governor"),
    ("act", timedelta(days=8), "Somying", "officer", "legal affairs"),
)


class Paper:
    """A letter as those know it who bind it to a machine."""

    def __init__(self):
        self.history = []


def rows(steps, delay=AT_ONCE):
    """Events, one letter after the other; each moment is an object of its own, as it is when a register is read."""
    for no in range(steps // len(PASSAGE)):
        number, received = f"{no}/2563", FIRST + timedelta(minutes=no % 100_000)
        for activity, after, actor, role, unit in PASSAGE:
            happened = received + after
            recorded = happened + delay if delay else happened
            yield number, activity, happened, recorded, "complete", actor, role, unit


def by_docflow(events):
    replay = replay_events(TABLE, events)
    assert not replay.refused
    return replay.cases


def by_hand(events):
    """The floor: a bare dictionary of the table, in which nothing is judged but the move."""
    table = {key: line.destination for key, (line,) in TABLE.table.items()}
    papers, state = {}, TABLE.nowhere
    for number, activity, at, *_ in events:
        if activity == TABLE.opening:
            history, state = papers.setdefault(number, []), TABLE.nowhere
        state = table[state, activity]
        history.append((activity, at, state))
    return papers


def by_transitions(events):
    """Each letter bound to one machine that all share; it looks for each new one among all that it has."""
    machine, papers = TABLE.machine([]), {}
    for number, activity, at, *_ in events:
        if activity == TABLE.opening:
            paper = papers[number] = Paper()
            machine.add_model(paper)
        else:
            paper = papers[number]
            getattr(paper, activity)()
        paper.history.append((activity, at, paper.state))
    return papers


def by_transitions_reset(events):
    """One model is bound, and each letter begins by setting it back."""
    scratch, papers = Paper(), {}
    machine = TABLE.machine(scratch)
    for number, activity, at, *_ in events:
        if activity == TABLE.opening:
            history = papers[number] = []
            machine.set_state(TABLE.initial, scratch)
        else:
            getattr(scratch, activity)()
        history.append((activity, at, scratch.state))
    return papers


def statemachine():
    """The class of python-statemachine for the same table; it takes no state as final that may be reopened."""
    sources = {line.source for line in TABLE.transitions}
    states = {name: State(initial=name == TABLE.initial, final=name not in sources) for name in TABLE.states}
    moves = {}
    for line in TABLE.transitions:
        move = states[line.source].to(states[line.destination])
        moves[line.trigger] = moves[line.trigger] | move if line.trigger in moves else move
    names = {"__module__": __name__, "__qualname__": "Chart"}
    return type(StateMachine)("Chart", (StateMachine,), names | states | moves)


Chart = statemachine() if StateMachine else None


def by_statemachine(events):
    """A machine for each letter, as that library has it."""
    papers = {}
    for number, activity, at, *_ in events:
        if activity == TABLE.opening:
            paper = Paper()
            chart = papers[number] = Chart(paper)
        else:
            chart = papers[number]
            getattr(chart, activity)()
        chart.model.history.append((activity, at, chart.model.state))
    return papers


def by_statemachine_reset(events):
    scratch, papers = Paper(), {}
    chart = Chart(scratch)
    for number, activity, at, *_ in events:
        if activity == TABLE.opening:
            history = papers[number] = []
            chart.current_state_value = TABLE.initial
        else:
            getattr(chart, activity)()
        history.append((activity, at, scratch.state))
    return papers


PEERS = [
    ("by hand, a dictionary, nothing judged", by_hand),
    ("transitions, each letter bound to one machine", by_transitions),
    ("transitions, one model set back for each letter", by_transitions_reset),
]
if Chart:
    PEERS += [
        ("python-statemachine, a machine each", by_statemachine),
        ("python-statemachine, one set back", by_statemachine_reset),
    ]


def cost(call):
    """Microseconds a call."""
    number = max(1, int(0.05 / max(repeat(call, number=1, repeat=3))))
    return min(repeat(call, number=number, repeat=7)) / number * 1e6


def once(read, events):
    """Seconds of the best of four readings, each of which takes long; what they made is thrown away off the clock."""
    seconds = []
    for _ in range(4):
        gc.collect()
        begin = perf_counter()
        made = read(events)
        seconds.append(perf_counter() - begin)
        del made
    return min(seconds)


def line(name, theirs, ours=None, aim=""):
    ratio = f"{theirs / ours:,.1f} × docflow" if ours else ""
    print(f"{name:52}{theirs:9.2f} µs  {ratio:>18}  {aim}")


def kept(read, steps, delay=AT_ONCE):
    """Bytes of what is kept of rows: cases and letters, or papers, their numbers, and the moments.

    Names of actors, roles and units are not among them: the rows share them.
    """
    import tracemalloc  # noqa: PLC0415 - it slows down what it watches, so it is loaded last

    read(rows(90, delay))
    gc.collect()
    tracemalloc.start()
    made = read(rows(steps, delay))
    gc.collect()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return size / len(made)


def replays():
    few = list(rows(FEW))
    replayed, told = {}, by_transitions(few)
    for case in by_docflow(few):
        replayed[case.number] = [(step.trigger, step.at, step.state) for step in case.history]
    assert replayed == {number: paper.history for number, paper in told.items()}
    assert all(replayed == read(few) for _, read in PEERS if read in (by_hand, by_transitions_reset))
    del told, replayed

    many = list(rows(STEPS))
    print(f"replay of {len(many):,} steps of {len(many) // len(PASSAGE):,} letters, from rows")
    print(f"    {'written at once':44}{once(by_docflow, many):6.2f} s  aim ≤ 2 s")
    print(f"    {'by hand, a dictionary, nothing judged':44}{once(by_hand, many):6.2f} s")
    many.sort(key=itemgetter(2))
    print(f"    {'all letters mixed, in order of time':44}{once(by_docflow, many):6.2f} s")
    many = list(rows(STEPS, LATER))
    print(f"    {'written half a minute later':44}{once(by_docflow, many):6.2f} s  aim ≤ 2 s")
    print()
    each = once(by_docflow, few) / len(few) * 1e6
    print(f"{f'replay of {len(few):,} steps':52}{'a step':>12}")
    line("docflow", each, aim="≤ 2 µs")
    for name, read in PEERS:
        line(name, once(read, few) / len(few) * 1e6, each)


def memory():
    print()
    print(f"{f'bytes kept of a letter of {len(PASSAGE)} steps':52}{'a letter':>9}{'a step':>9}  aim")
    for name, read, steps, delay, aim in (
        ("docflow, written at once", by_docflow, PART, AT_ONCE, "≤ 400 a step"),
        ("docflow, written half a minute later", by_docflow, PART, LATER, "≤ 400 a step"),
        *((name, read, FEW, AT_ONCE, "") for name, read in PEERS),
    ):
        size = kept(read, steps, delay)
        print(f"{name:52}{size:9,.0f}{size / len(PASSAGE):9,.0f}  {aim}")


def one_step():
    print()
    print(f"{'one step of one letter':52}{'a step':>12}")
    (case,) = by_docflow(rows(9))
    (start, *_), last = case.history, case.history[-1]
    young = TABLE.open(Letter(number=case.number), at=start.at, by=start.by)
    old = TABLE.replay(case.letter, case.history[:-1])
    first = cost(lambda: young.apply("hand_over", at=last.at, by="Somchai"))
    line("Case.apply, the second step", first, aim="≤ 25 µs")
    line("Case.apply, the ninth step", cost(lambda: old.apply("act", at=last.at, by="Somying")), aim="≤ 25 µs")
    paper = Paper()
    machine = TABLE.machine(paper)
    paper.hand_over()
    line("transitions, a trigger of a bound model", cost(lambda: there_and_back(paper)) / 2, first)
    if Chart:
        chart = Chart(Paper())
        chart.hand_over()
        line("python-statemachine, an event of a machine", cost(lambda: there_and_back(chart)) / 2, first)
    refused = cost(lambda: young.refusals("act", at=last.at))
    machine.set_state(TABLE.initial, paper)
    line("Case.refusals, of an illegal move", refused)
    line("transitions, an illegal trigger", cost(lambda: refuse(paper)), refused)


def there_and_back(model):
    """Two moves: what is bound has changed after one, and has to come back to be asked again."""
    model.ask_sender()
    model.sender_answers()


def refuse(paper):
    try:
        paper.act()
    except MachineError:
        return
    raise AssertionError("it was illegal")


def pickles():
    """A case brings its table along, a bound letter its machine; python-statemachine names its class."""
    print()
    name = f"a letter of {len(PASSAGE)} steps, packed"
    print(f"{name:40}{'bytes':>8}{'pickle':>12}{'unpickle':>12}{'deepcopy':>12}  aim")
    (case,) = by_docflow(rows(9))
    packed("docflow, moments of datetime, Bangkok", case, "≤ 2,000 bytes")
    (late,) = by_docflow(rows(9, LATER))
    packed("docflow, written half a minute later", late)
    modern = [(*row[:2], pendulum.instance(row[2]), pendulum.instance(row[3]), *row[4:]) for row in rows(9)]
    packed("docflow, moments of pendulum, Bangkok", by_docflow(modern)[0], "≤ 2,000 bytes")
    stamped = [(*row[:2], row[2].astimezone(UTC), row[3].astimezone(UTC), *row[4:]) for row in rows(9)]
    packed("docflow, moments of datetime, UTC", by_docflow(stamped)[0])
    packed("transitions, a bound letter", by_transitions(rows(9))["0/2563"])
    if Chart:
        packed("python-statemachine, a machine", by_statemachine(rows(9))["0/2563"])


def packed(name, thing, aim=""):
    data = pickle.dumps(thing)
    costs = (lambda: pickle.dumps(thing), lambda: pickle.loads(data), lambda: copy.deepcopy(thing))  # noqa: S301 - own
    print(f"{name:40}{len(data):8,}{''.join(f'{cost(call):9,.0f} µs' for call in costs)}  {aim}")


def main():
    if not Chart:
        print("python-statemachine is not installed; it is left out")
    replays()
    memory()
    one_step()
    pickles()


if __name__ == "__main__":
    main()
