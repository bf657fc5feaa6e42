from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from docflow import Letter, Transition, Workflow
from docflow.errors import MigrationError
from docflow.letters import Entry, migrate

NINE = datetime(2020, 1, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD = Workflow(
    "letter",
    version=1,
    initial="registered",
    transitions=[
        Transition("screen", "registered", "screened"),
        Transition("submit", "screened", "submitted"),
        Transition("submit", "registered", "submitted"),
    ],
)
STRICTER = Workflow(
    "letter",
    version=2,
    initial="registered",
    transitions=[
        Transition("screen", "registered", "screened"),
        Transition("summarize", "screened", "summarized"),
        Transition("submit", "screened", "submitted"),
        Transition("submit", "summarized", "submitted"),
    ],
)


def passage(number, *triggers):
    entries = [Entry(trigger, NINE + n * HOUR) for n, trigger in enumerate(("receive", *triggers))]
    return OLD.replay(Letter(number=number), entries)


class TestMigration:
    def test_moves_every_case_with_its_log(self):
        cases = [passage("1/2563"), passage("2/2563", "screen"), passage("3/2563", "screen", "submit")]
        moved = migrate(cases, STRICTER)
        assert [(case.number, case.workflow.version) for case in moved] == [("1/2563", 2), ("2/2563", 2), ("3/2563", 2)]
        assert [case.log for case in moved] == [case.log for case in cases]
        assert moved[1].allowed() == ("summarize", "submit")

    def test_moves_none_when_one_cannot_and_lists_each_with_its_step(self):
        cases = [passage("1/2563", "submit"), passage("2/2563", "screen"), passage("3/2563", "submit")]
        with pytest.raises(MigrationError) as caught:
            migrate(cases, STRICTER)
        assert [(stuck.number, stuck.step.trigger, stuck.step.at) for stuck in caught.value.stuck] == [
            ("1/2563", "submit", NINE + HOUR),
            ("3/2563", "submit", NINE + HOUR),
        ]
        assert [refusal.kind for refusal in caught.value.stuck[0].refusals] == ["wrong state"]
        assert str(caught.value) == (
            "nothing moved to version 2 of 'letter': it does not allow what happened to "
            "1/2563 (submit at 2020-01-02 10:00:00+00:00: it is registered; from here: screen), "
            "3/2563 (submit at 2020-01-02 10:00:00+00:00: it is registered; from here: screen); "
            "allow these steps there, or move the letters as they stand, without their logs (case.as_of)"
        )

    def test_replays_what_was_wrong_before_it_was_corrected_as_well(self):
        case = passage("1/2563", "submit")
        right = case.correct(
            {1: Entry("screen", NINE + HOUR)}, by="Somying", why="only screened", recorded=NINE + 3 * HOUR
        )
        assert right.state == "screened"
        with pytest.raises(MigrationError, match=r"1/2563 \(submit"):
            migrate([right], STRICTER)
        (moved,) = migrate([right.as_of(NINE + 3 * HOUR)], STRICTER)  # without its log it can
        assert moved.history == right.history

    def test_moves_nothing_into_another_order(self):
        lines = [("x", "a", "b"), ("y", "a", "c"), ("y", "b", "d"), ("x", "c", "e"), ("z", "b", "c")]
        both = Workflow("both ways", initial="a", transitions=[Transition(*line) for line in lines])
        one = evolve(
            both,
            version=2,
            transitions=[line for line in both.transitions if "b" not in (line.source, line.destination)],
        )
        missed = [Entry("x", NINE + HOUR), Entry("y", NINE + HOUR)]
        case = both.open(Letter(number="1/2563"), at=NINE).correct(
            {}, missed=missed, by="A", why="w", recorded=NINE + HOUR
        )
        assert case.state == "d"
        assert one.replay(case.letter, case.log).state == "e"
        with pytest.raises(
            MigrationError, match=r"1/2563 \(x at 2020-01-02 10:00:00\+00:00: it would come in another order"
        ):
            migrate([case], one)

    def test_leads_to_a_table_that_names_states_otherwise(self):
        renamed = evolve(
            OLD,
            version="2563-07",
            transitions=[evolve(line, destination=line.destination.upper()) for line in OLD.transitions[:1]]
            + [Transition("submit", "SCREENED", "SUBMITTED")],
        )
        (moved,) = migrate([passage("1/2563", "screen")], renamed)
        assert [step.state for step in moved.history] == ["registered", "SCREENED"]

    def test_of_nothing_moves_nothing(self):
        assert migrate([], STRICTER) == ()

    def test_of_versions_makes_them_differ(self):
        assert evolve(OLD, version=2) != OLD
        assert passage("1/2563") != migrate([passage("1/2563")], evolve(OLD, version=2))[0]
