"""`Store.again`: a unit of work that somebody was in the way of is begun anew; one that was refused is not."""

import logging
from contextlib import ExitStack

import psycopg
import pytest
from hooks import hooked

from docflow import Letter
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import RefusedError, RegisterError, StoreError
from docflow.store import Store


def receive(desk):
    return desk.receive(Letter(number=""), unit="GA", workflow=INCOMING_EXTERNAL_LETTER).number


@pytest.fixture
def office(place):
    with Store.create(place, patience=0) as store:
        yield store


def lines(office):
    with office.read() as books:
        return [str(number) for number in books.register.cases]


def test_what_the_work_gives_is_given(office):
    assert str(office.again(receive, by="Somchai")) == "1/" + lines(office)[0][2:]


def test_who_was_in_the_way_is_waited_for(office, place):
    with Store.open(place) as other, ExitStack() as held:
        desk = held.enter_context(other.write(by="Somying"))
        receive(desk)
        # The other ends as soon as this one has met it.
        with hooked(office, failed=held.close):
            number = office.again(receive, by="Somchai")
    assert number.n == 2
    assert len(lines(office)) == 2


def test_who_is_met_at_every_try_is_told(office, place):
    met = []
    with Store.open(place) as other, other.write(by="Somying") as desk:
        failing = hooked(office, failed=lambda: met.append("busy"))
        with failing, pytest.raises(StoreError, match="try again") as error:
            office.again(receive, by="Somchai", tries=3)
        receive(desk)
    assert error.value.kind == "busy"
    assert len(met) == 3
    assert len(lines(office)) == 1


@pytest.mark.parametrize("fault", [psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected])
@pytest.mark.parametrize("statement", ["UPDATE", "COMMIT"])
def test_whom_the_server_chose_to_give_way_begins_anew(postgres, fault, statement):
    """The faults are simulated: a store that holds its head before all else never meets them by itself."""
    faults = [fault("give way")]

    def fail(_, said):
        if said.startswith(statement) and faults:
            raise faults.pop()

    done = []

    def work(desk):
        done.append(desk.at)
        return receive(desk)

    with Store.create(postgres) as office:
        with hooked(office, before=fail):
            assert office.again(work, by="Somchai").n == 1
        assert len(done) == 2
        assert len(lines(office)) == 1
        assert office.verify().holds


def test_what_docflow_refuses_is_not_tried_again(office):
    number = office.again(receive, by="Somchai")
    done = []

    def submit(desk):
        done.append("submit")
        desk.apply(number, "submit")

    def void(desk):
        done.append("void")
        desk.void(number, why="")

    def nest(_desk):
        done.append("nest")
        with office.write(by="Somchai"):
            pass

    for work, refusal in ((submit, RefusedError), (void, RegisterError), (nest, StoreError)):
        with pytest.raises(refusal):
            office.again(work, by="Somchai")
    assert done == ["submit", "void", "nest"]


def test_nobody_is_warned_of_a_try(office, place, monkeypatch, capfd):
    monkeypatch.setattr(logging.getLogger(), "handlers", [])  # as in a program that has said nothing about its log
    with Store.open(place) as other, other.write(by="Somying"), pytest.raises(StoreError):
        office.again(receive, by="Somchai", tries=2)
    assert capfd.readouterr() == ("", "")
