"""Results in parts: by an attribute of the record, by a function of it, by who did the step that counts."""

import pickle
from datetime import timedelta

import pytest
from attrs import evolve
from small_office import CLOCK, at, bins, names

from docflow import Actor, Entry, Event, Letter, Record, WorkingDays, reached
from docflow.bangkok import INCOMING_EXTERNAL_LETTER, SCREENING, office_clock
from docflow.errors import NaiveDatetimeError, NameOfStateError, PlanError, RecordError
from docflow.kpi import Duration, Milestone, done
from docflow.kpi.attributes import Attributes
from docflow.letters.letter import Urgency

WATCH = Duration("T", start=reached("came"), stop=reached("went"))


def record(number, *steps, **attributes):
    """Steps are state, moment, unit, person."""
    events = [Event(state, at(moment), *unit[:1], by=unit[1] if unit[1:] else None) for state, moment, *unit in steps]
    return Record(number, events, attributes=attributes)


def split(parts):
    return {group: names(part.observations) for group, part in parts.items()}


class TestAttributes:
    def test_are_kept_as_they_were_given_and_never_change(self):
        given = {"kind": "road"}
        one = record("1", **given)
        given["kind"] = "lamp"
        assert one.attributes == {"kind": "road"}
        assert dict(one.attributes) == {"kind": "road"}
        assert len(one.attributes) == 1
        with pytest.raises(TypeError):
            one.attributes["kind"] = "lamp"

    def test_tell_records_apart_and_their_order_does_not(self):
        one, other = record("1", a=1, b=2), record("1", b=2, a=1)
        assert one == other
        assert hash(one) == hash(other)
        assert one != record("1", a=1)
        assert len({one, other, record("1", a=2, b=2), record("1")}) == 3
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own
        assert evolve(one, number="2").attributes is one.attributes
        assert repr(one.attributes) == "{'a': 1, 'b': 2}"

    def test_are_none_when_none_are_given(self):
        assert record("1").attributes == {}
        assert hash(record("1").attributes) == hash(Attributes({}))

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            (["kind"], "['kind'] is no mapping of attributes; give some by name"),
            ({1: "road"}, "1 is no name of an attribute; give one text"),
            ({"kinds": ["road"]}, "the attribute 'kinds' is ['road'], which may change; give a text, a number"),
        ],
    )
    def test_of_a_wrong_kind_are_refused(self, given, said):
        with pytest.raises(TypeError) as refused:
            Record("1", [], attributes=given)
        assert said in str(refused.value)


class TestEvents:
    def test_say_who_did_it_and_when_it_was_written_down(self):
        late = Event("came", at("01-06 09:00"), by=" Somchai  Jaidee ", recorded=at("01-07 09:00"))
        assert (late.by, late.recorded) == ("Somchai Jaidee", at("01-07 09:00"))
        assert Event("came", at("01-06 09:00")).by is None
        with pytest.raises(NameOfStateError):
            Event("came", at("01-06 09:00"), by=3)
        with pytest.raises(NaiveDatetimeError):
            Event("came", at("01-06 09:00"), recorded=at("01-07 09:00").replace(tzinfo=None))

    def test_of_steps_take_over_who_did_them_and_when_they_were_recorded(self):
        somying = Actor("Somying", unit="registry")
        case = INCOMING_EXTERNAL_LETTER.open(Letter(number="1/2563"), at=at("01-06 09:00"), by=somying)
        case = case.apply("hand_over", at=at("01-06 10:00"), by="Somchai", recorded=at("01-06 12:00"))
        first, second = Record("1/2563", case.history).history
        assert (first.by, first.unit, first.recorded) == ("Somying", "registry", None)
        assert (second.by, second.unit, second.recorded) == ("Somchai", None, at("01-06 12:00"))


class TestByAttribute:
    def test_groups_stand_as_they_first_come_and_none_last(self):
        some = [record("1"), record("2", of="b"), record("3", of=""), record("4", of="a"), record("5", of="b")]
        assert list(split(WATCH.read(some, CLOCK).by("of")).items()) == [
            ("b", ["2", "5"]),
            ("a", ["4"]),
            (None, ["1", "3"]),
        ]

    def test_nothing_that_is_a_value_is_taken_for_missing(self):
        some = [record("1", of=0), record("2", of=False), record("3", of=())]
        assert split(WATCH.read(some, CLOCK).by("of")) == {0: ["1", "2"], (): ["3"]}

    def test_the_fields_of_a_letter_are_the_attributes_of_its_case(self):
        letters = [
            Letter(number="1/2563", sender="court", urgency="urgent"),
            Letter(number="2/2563", sender="police"),
            Letter(number="3/2563"),
        ]
        cases = [INCOMING_EXTERNAL_LETTER.open(letter, at=at("01-06 09:00")) for letter in letters]
        result = SCREENING.read(cases, office_clock())
        assert split(result.by("sender")) == {"court": ["1/2563"], "police": ["2/2563"], None: ["3/2563"]}
        assert split(result.by("urgency")) == {
            Urgency.URGENT: ["1/2563"],
            Urgency.ORDINARY: ["2/2563", "3/2563"],
        }
        assert split(result.by("wanted_by")) == {None: ["1/2563", "2/2563", "3/2563"]}
        with pytest.raises(PlanError) as refused:
            result.by("senders")
        assert str(refused.value) == (
            "senders: is no attribute of these records; did you mean 'sender'? They have number, reference, dated, "
            "sender, recipient, subject, unit, remark, origin, urgency, wanted_by, secrecy, retention"
        )

    def test_letters_with_attributes_of_their_own_have_these_too(self, monkeypatch):
        case = INCOMING_EXTERNAL_LETTER.open(Letter(number="1/2563", sender="court"), at=at("01-06 09:00"))
        monkeypatch.setattr(Letter, "attributes", {"kind": "invitation"}, raising=False)
        result = SCREENING.read([case], office_clock())
        assert split(result.by("kind")) == {"invitation": ["1/2563"]}
        assert split(result.by("sender")) == {"court": ["1/2563"]}
        for unknown in ("attributes", "kinds"):
            with pytest.raises(PlanError, match=f"{unknown}: is no attribute .*retention, kind$"):
                result.by(unknown)

    def test_one_that_no_record_has_is_refused_with_those_that_there_are(self):
        result = WATCH.read([record("1", kind="road"), record("2", district="Dusit")], CLOCK)
        with pytest.raises(PlanError) as refused:
            result.by("colour")
        assert str(refused.value) == "colour: is no attribute of these records; they have number, kind, district"
        with pytest.raises(PlanError, match="did you mean 'district'\\? They have"):
            result.by("distrct")
        assert split(result.by("district")) == {"Dusit": ["2"], None: ["1"]}
        assert split(result.by("number")) == {"1": ["1"], "2": ["2"]}

    def test_of_nothing_there_are_no_groups(self):
        assert WATCH.read([], CLOCK).by("colour") == {}
        assert WATCH.read([], CLOCK).by_unit() == {}

    def test_parts_are_results_of_the_same_kind_and_context(self):
        whole = WATCH.read([record("1", ("came", "01-06 09:00"), ("went", "01-06 09:20"), of="a")], CLOCK)
        (part,) = whole.by("of").values()
        assert part == whole
        assert part.median == 20


class TestByFunction:
    def test_says_the_group_itself(self):
        some = [record("1/2563"), record("2/2562"), record("3/2563")]
        parts = WATCH.read(some, CLOCK).by(lambda one: one.number.partition("/")[2])
        assert split(parts) == {"2563": ["1/2563", "3/2563"], "2562": ["2/2562"]}

    def test_that_gives_empty_text_means_it(self):
        assert split(WATCH.read([record("1")], CLOCK).by(lambda _: "")) == {"": ["1"]}

    @pytest.mark.parametrize("key", [lambda one: one.colour, lambda one: [one.number]])
    def test_that_stumbles_names_the_record(self, key):
        with pytest.raises(RecordError, match="record 1: its group cannot be told: (Attribute|Type)Error"):
            WATCH.read([record("1")], CLOCK).by(key)

    def test_is_a_name_or_a_function(self):
        with pytest.raises(TypeError, match='3 is no attribute or function; give one, such as "sender"'):
            WATCH.read([record("1")], CLOCK).by(3)


class TestByDoer:
    def test_is_who_did_the_step_that_stopped_the_clock(self):
        some = [
            record(
                "1",
                ("came", "01-06 09:00", "in", "Ann"),
                ("went", "01-06 10:00", "out", "Bob"),
                ("filed", "01-07 09:00", "x", "Cy"),
            ),
            record("2", ("came", "01-06 09:00", "in", "Ann"), ("went", "01-06 11:00", "out")),
        ]
        result = WATCH.read(some, CLOCK)
        assert split(result.by_person()) == {"Bob": ["1"], None: ["2"]}
        assert split(result.by_unit()) == {"out": ["1", "2"]}

    def test_of_an_open_or_excluded_one_is_who_did_the_latest_step_seen(self):
        some = [
            record(
                "open",
                ("came", "01-06 09:00", "in", "Ann"),
                ("read", "01-07 09:00", "mid", "Bob"),
                ("went", "01-20 09:00", "out", "Cy"),
            ),
            record("not begun", ("asked", "01-06 09:00", "in", "Ann"), ("came", "01-20 09:00", "out", "Cy")),
            record("nothing"),
        ]
        result = WATCH.read(some, CLOCK, as_of=at("01-10 09:00"))
        assert bins(result) == {"unfinished": ["open"], "excluded": ["not begun", "nothing"]}
        assert split(result.by_person()) == {"Bob": ["open"], "Ann": ["not begun"], None: ["nothing"]}
        assert split(result.by_unit()) == {"mid": ["open"], "in": ["not begun"], None: ["nothing"]}
        exactly = WATCH.read(some[:1], CLOCK, as_of=at("01-07 09:00"))
        assert list(exactly.by_person()) == ["Bob"]

    def test_of_steps_stamped_with_one_minute_is_the_one_that_the_measure_names(self):
        one = record(
            "1",
            ("came", "01-06 09:00", "a", "Ann"),
            ("went", "01-06 10:00", "b", "Bob"),
            ("filed", "01-06 10:00", "c", "Cy"),
        )
        assert list(WATCH.read([one], CLOCK).by_person()) == ["Bob"]
        by_trigger = Duration("T", start=reached("came"), stop=done("send"))
        sent = Record(
            "1",
            [
                *one.history[:1],
                Event("went", at("01-06 10:00"), by="Bob"),
                Event("went", at("01-06 10:00"), by="Di", trigger="send"),
            ],
        )
        assert list(by_trigger.read([sent], CLOCK).by_person()) == ["Di"]

    def test_of_several_such_steps_is_the_first_or_the_last_one_as_the_measure_says(self):
        one = record(
            "1", ("came", "01-06 09:00"), ("went", "01-06 10:00", "b", "Bob"), ("went", "01-06 10:00", "c", "Cy")
        )
        for stop, who in (
            (reached("went"), "Bob"),
            (reached("went", last=True), "Cy"),
            (reached("went", unit="c"), "Cy"),
        ):
            assert list(Duration("T", start=reached("came"), stop=stop).read([one], CLOCK).by_person()) == [who]

    def test_of_a_clock_that_stopped_between_steps_is_who_did_the_latest_until_then(self):
        one = record(
            "1",
            ("came", "01-06 09:00", "a", "Ann"),
            ("read", "01-06 10:00", "b", "Bob"),
            ("filed", "01-07 10:00", "c", "Cy"),
        )
        after = Milestone.of("an hour later", lambda events: events[0].at + timedelta(hours=2))
        assert list(Duration("T", start=reached("came"), stop=after).read([one], CLOCK).by_person()) == ["Bob"]

    def test_of_a_promise_too_late_is_who_did_it_too_late(self):
        one = record("1", ("came", "01-06 09:00", "a", "Ann"), ("went", "01-20 10:00", "b", "Bob"))
        (part,) = WATCH.within(WorkingDays(1)).read([one], CLOCK).by_person().values()
        assert bins(part) == {"late": ["1"]}

    def test_of_cases_is_the_actor_of_the_step(self):
        letter = Letter(number="1/2563")
        steps = [
            Entry(trigger, at(f"01-06 {9 + n:02}:00"), by=by, unit=unit)
            for n, (trigger, by, unit) in enumerate(
                [
                    ("receive", "Ann", "in"),
                    ("hand_over", "Bob", "mid"),
                    ("screen", "Cy", None),
                    ("summarize", "Di", None),
                    ("submit", "Ed", "top"),
                ]
            )
        ]
        case = INCOMING_EXTERNAL_LETTER.replay(letter, steps)
        result = SCREENING.read([case], office_clock())
        assert (list(result.by_person()), list(result.by_unit())) == (["Ed"], ["top"])


class TestTwoStopsInOneMinute:
    loop = record(
        "1",
        ("asked", "01-06 10:00", "desk", "Cu"),
        ("answered", "01-06 10:05", "A", "Ann"),
        ("asked", "01-06 10:05", "desk", "Cu"),
        ("answered", "01-06 10:05", "B", "Bob"),
    )

    def test_are_each_of_who_did_it(self):
        every = Duration("answers", start=reached("asked"), stop=reached("answered"), every=True)
        parts = every.read([self.loop], CLOCK).by_person()
        assert {who: len(part.counted) for who, part in parts.items()} == {"Ann": 1, "Bob": 1}

    def test_are_told_apart_by_their_number(self):
        second = Duration("second", start=reached("asked"), stop=reached("answered", nth=2))
        assert list(second.read([self.loop], CLOCK).by_person()) == ["Bob"]


def test_a_unit_is_the_latest_that_was_named_and_a_person_who_did_the_step():
    one = record("1", ("came", "01-06 09:00", "desk", "Ann"), ("went", "01-06 10:00"))
    result = WATCH.read([one], CLOCK)
    assert (list(result.by_unit()), list(result.by_person())) == (["desk"], [None])


def test_a_long_history_costs_no_more_for_each_of_its_occurrences():
    begin = at("01-06 09:00")
    events = [Event(("asked", "answered")[n % 2], begin + timedelta(seconds=n), by=f"P{n % 4}") for n in range(4000)]
    every = Duration("answers", start=reached("asked"), stop=reached("answered"), every=True)
    parts = every.read([Record("1", events)], CLOCK).by_person()
    assert {who: len(part.counted) for who, part in parts.items()} == {"P1": 1000, "P3": 1000}
