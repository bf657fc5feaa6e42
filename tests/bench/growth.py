"""What letters and registers cost when there are twice as many: python tests/bench/growth.py.

Prints the ratio of the times for each; what grows as its input does doubles, and the aim is below 2.5. It ends with 1
when one is above. `--only WORD` measures those whose name has the word.
"""

import argparse
import sys
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from doubling import doubling

from docflow import Letter, Registry, Transition, Workflow
from docflow.letters import Entry, events, migrate, replay_events

AIM = 2.5
NINE = datetime(2020, 1, 2, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LETTER = Letter(number="1/2563")
NEW = Letter(number="")
UNITS = [f"unit {n}" for n in range(50)]


def never_without_a_history(case, _entry):
    return None if len(case.history) else "nothing has happened"


PING = Workflow("ping", initial="a", transitions=[Transition("ping", "a", "b"), Transition("pong", "b", "a")])
GUARDED = Workflow("guarded", initial="a", transitions=[Transition("ping", "a", "a", guards=[never_without_a_history])])


def triggers(n, workflow=PING):
    return ["ping"] * n if workflow is GUARDED else ["ping", "pong"] * (n // 2)


@lru_cache(maxsize=4)
def long_case(n, workflow=PING):
    entries = [Entry(trigger, NINE + no * 2 * MINUTE) for no, trigger in enumerate(["receive", *triggers(n, workflow)])]
    return workflow.replay(LETTER, entries)


def apply(n, workflow=PING):
    case = workflow.open(LETTER, at=NINE)
    for no, trigger in enumerate(triggers(n, workflow), 1):
        case = case.apply(trigger, at=NINE + no * MINUTE)
    return case


def refusals(n):
    case = long_case(n)
    for _ in range(n):
        case.refusals("receive")


@lru_cache(maxsize=4)
def chain(n, steps):
    """A case in which one step is corrected over and over, each time where the correction before it stands."""
    case = long_case(steps)
    seen, recorded = 1, NINE + (2 * steps + 1) * MINUTE
    for no in range(n):
        change = Entry("ping", NINE + MINUTE + no % 50 * timedelta(seconds=1))
        corrected = case.correct({seen: change}, by="Somchai", why="read again", recorded=recorded + no * MINUTE)
        seen, case = len(case.log), corrected
    return case


def corrections_of_one_step(n):
    chain.cache_clear()
    chain(n, 2)


def corrections_of_all_steps(n):
    case = long_case(n)
    recorded = NINE + (2 * n + 1) * MINUTE
    for seen in range(1, n):
        at = case.log[seen].at + timedelta(seconds=5)
        change = Entry(case.log[seen].trigger, at)
        case = case.correct({seen: change}, by="Somchai", why="late", recorded=recorded + seen * MINUTE)


def read_corrections(n):
    case = chain(n, n)
    PING.replay(case.letter, case.log)


def moved(n):
    (there,) = migrate([chain(n, n)], PING)
    assert there.history


def told(n):
    case = chain(n, n)
    for log in (False, True):
        replay_events(PING, events([case], log=log), log=log)


@lru_cache(maxsize=4)
def received(n, units=1):
    registry, numbers = Registry(), []
    for no in range(n):
        registry, one = registry.receive(NEW, unit=UNITS[no % units], at=NINE + no * MINUTE)
        numbers.append(one.number)
    return registry, numbers


@lru_cache(maxsize=4)
def forwarded(n):
    registry, numbers = received(n)
    for no, number in enumerate(numbers):
        at = NINE + (n + no) * MINUTE
        registry, one = registry.forward(number, unit=UNITS[1 + no % 9], at=at)
        registry, _ = registry.send(NEW, unit=UNITS[1 + no % 9], at=at, replies_to=one.number, related=(number,))
    return registry, numbers


def receive(n, units=1):
    received.cache_clear()
    received(n, units)


def forward(n):
    received(n)
    forwarded.cache_clear()
    forwarded(n)


def void(n):
    registry, numbers = received(n)
    for number in numbers:
        registry = registry.void(number, why="written twice", at=NINE + n * MINUTE)


def correct(n):
    registry, numbers = received(n)
    for number in numbers:
        registry = registry.correct(number, subject="B", by="A", why="a slip", at=NINE + n * MINUTE)


def follow_one(n):
    registry, one = Registry().send(NEW, unit="GA", at=NINE, recipients=["A"])
    for no in range(n):
        status = "sent" if no % 2 else "returned"
        registry = registry.note_status(one.number, "A", status, by="A", at=NINE + no * MINUTE)
    assert len(registry[one.number].notes) == n


def as_recorded(n):
    registry, _ = forwarded(n)
    assert len(registry.as_recorded(NINE + n * MINUTE)) > n


def look_up(n):
    registry, numbers = received(n)
    for number in numbers:
        assert number in registry
        assert registry[number].number is not None


def passages(n):
    registry, numbers = forwarded(n)
    for number in numbers:
        assert len(registry.passage(number)) == 2


def replies(n):
    registry, numbers = forwarded(n)
    for number in numbers:
        assert len(registry.replies(number)) == len(registry.related(number)) == 1


def many_replies(n):
    registry, number = received(1)[0], received(1)[1][0]
    for no in range(n):
        registry, _ = registry.send(NEW, unit="GA", at=NINE + no * MINUTE, replies_to=number)
    assert len(registry.replies(number)) == n


def replies_to_one_that_went_round(n):
    registry, (number,) = received(1)
    for no in range(n):
        registry, one = registry.forward(number, unit=UNITS[1 + no % 9], at=NINE + no * MINUTE)
        registry, _ = registry.send(NEW, unit="GA", at=NINE + no * MINUTE, replies_to=one.number)
    assert len(registry.replies(number)) == n


def passages_while_it_grows(n):
    registry, _ = Registry(), None
    for no in range(n):
        registry, one = registry.receive(NEW, unit="GA", at=NINE + no * MINUTE)
        assert registry.passage(one.number) == (one,)


WORK = {
    "Case.apply, one step after the other": (apply, 8_000),
    "Case.apply, where a line has guards": (lambda n: apply(n, GUARDED), 8_000),
    "Workflow.replay, where a line has guards": (lambda n: long_case.__wrapped__(n, GUARDED), 20_000),
    "Case.refusals of a long case": (refusals, 8_000),
    "Case.correct, one step over and over": (corrections_of_one_step, 1_000),
    "Case.correct, each step of a long case": (corrections_of_all_steps, 1_000),
    "Workflow.replay of a case corrected as often": (read_corrections, 1_000),
    "migrate of a case corrected as often": (moved, 1_000),
    "events and back of a case corrected as often": (told, 1_000),
    "Registry.receive in one unit": (receive, 20_000),
    "Registry.receive in fifty units": (lambda n: receive(n, 50), 10_000),
    "Registry.forward and send": (forward, 5_000),
    "Registry.void": (void, 10_000),
    "Registry.correct": (correct, 5_000),
    "Registry.note_status of one letter": (follow_one, 2_000),
    "Registry.as_recorded": (as_recorded, 2_000),
    "Registry[number]": (look_up, 20_000),
    "Registry.passage over all letters": (passages, 5_000),
    "Registry.replies and related over all letters": (replies, 5_000),
    "Registry.replies of one letter": (many_replies, 5_000),
    "Registry.replies of one that went round": (replies_to_one_that_went_round, 2_000),
    "Registry.passage while the registry grows": (passages_while_it_grows, 5_000),
}


def main():
    asked = argparse.ArgumentParser(description="Print how times grow when there is twice as much.")
    asked.add_argument("--only", default="", metavar="WORD", help="only what has this word in its name")
    only, above = asked.parse_args().only, 0
    print(f"{'':50}{'n':>8}{'2n : n':>9}  aim < {AIM}")
    for name, (work, n) in WORK.items():
        if only in name:
            ratio = doubling(work, n)
            above += ratio >= AIM
            print(f"{name:50}{n:8,}{ratio:9.2f}{'  above' * (ratio >= AIM)}", flush=True)
    return int(above > 0)


if __name__ == "__main__":
    sys.exit(main())
