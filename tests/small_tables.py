"""Small workflows and letters: a loan, a guarded table, and the office hours of one day."""

from datetime import UTC, datetime, timedelta

from docflow import Actor, Letter, Transition, Workflow
from docflow.bangkok import INCOMING_EXTERNAL_LETTER

NINE = datetime(2019, 10, 1, 9, tzinfo=UTC)
EVENING = NINE + timedelta(hours=9)
LETTER = Letter(number="8395/2562", unit="Secretary Group")
CLERK = Actor("Somying", role="clerk", unit="GA")


def later(hours):
    return NINE + timedelta(hours=hours)


def opened():
    return INCOMING_EXTERNAL_LETTER.open(LETTER, at=NINE, by="Somchai", unit="GA")


def for_its_unit(case, entry):
    return None if entry.unit == case.letter.unit else f"the letter is for {case.letter.unit}"


def table(*lines, **more):
    return Workflow(
        more.pop("name", "loan"), initial=lines[0][1], transitions=[Transition(*li) for li in lines], **more
    )


GUARDED = Workflow("guarded", initial="here", transitions=[Transition("send", "here", "there", guards=[for_its_unit])])
LOAN = table(("lend", "shelved", "lent"), ("give_back", "lent", "shelved"), ("discard", "shelved", "gone"))
