"""Every fact as canonical JSON and back; and no text, whatever it is, does anything but tell a fact or be refused."""

import json
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal, localcontext
from enum import Enum, StrEnum
from fractions import Fraction
from functools import partial
from importlib.resources import files
from zoneinfo import ZoneInfo

import pandas as pd
import pendulum
import pytest
from attrs import evolve, fields, frozen, has
from hypothesis import given
from hypothesis import strategies as st

from docflow import Closure, Entry, Letter, OfficeHours, Right, Transition, Workflow, WorkTime
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import StoreError
from docflow.instants import instant
from docflow.letters import (
    Act,
    Amendment,
    Attribute,
    Correction,
    HeldIn,
    Origin,
    Retention,
    Secrecy,
    Step,
    Urgency,
    approvals,
    hold_and_resume,
    needs_a_note,
)
from docflow.letters.entries import UNSAID, said
from docflow.registry import Book, Corrected, Delivery, Filled, Line, Linked, RegisterNumber, Restored, Tracked, Void
from docflow.store.data import SHAPES, from_text, kind_of, same_workflow, to_text
from docflow.store.values import moment_from, moment_text
from docflow.testing import calendars, cases, registries, workflows
from docflow.testing.strategies import ZONES
from docflow.thai.table import Holiday, holiday_table
from docflow.worktime import (
    Break,
    ChangedHours,
    DateRange,
    Dates,
    Days,
    EveryOther,
    Eves,
    Holidays,
    MakeUpDay,
    OneOffHours,
    Shortened,
    WeeklyHours,
    Yearly,
)
from docflow.worktime.day_rules import Joined

BANGKOK = ZoneInfo("Asia/Bangkok")
NINE = datetime(2020, 1, 2, 9, 12, tzinfo=BANGKOK)
LETTER = Letter(
    number="8395/2563",
    subject="ขอเชิญประชุม",
    sender="A ministry",
    reference="12/7",
    dated=date(2020, 1, 1),
    unit="North",
)
NUMBER = RegisterNumber(Book("North", "sending", secret=True), 2563, 12)
DAY = {"reason": "flood", "source": "order 15", "announced": date(2020, 3, 19)}
MORNING = OfficeHours(opens=time(8, 30), closes=time(16, 30), breaks=((time(12), time(13)),))


def told(value):
    """A value as nested tuples in which nothing is lost: no class, no zone of a moment, no zeros of a decimal."""
    if has(type(value)):
        own = [one.name for one in fields(type(value)) if one.init]
        return type(value).__name__, *((name, told(getattr(value, name))) for name in own)
    match value:
        case datetime():
            return instant(value), value.replace(tzinfo=None).isoformat(), getattr(value.tzinfo, "key", "fixed")
        case frozenset():
            return tuple(sorted(value))
        case tuple():
            return tuple(map(told, value))
        case Decimal():
            return value.as_tuple()
    return value if isinstance(value, Enum) or callable(value) else (type(value).__name__, value)


def back(value):
    """A fact that was written and read."""
    return from_text(kind_of(value), to_text(value))


def expected(value):
    """What a fact comes back as: a step is an entry again."""
    return Entry(*said(value)) if isinstance(value, Act) else value


words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
names = st.sampled_from(("Somchai", "กองกลาง", "ก\u0e31 b", ""))
fixed = st.integers(-1439, 1439).map(lambda n: timezone(timedelta(minutes=n))) | st.just(UTC)
CHANGES = [
    ("Europe/Amsterdam", datetime(2020, 10, 25, 2, 30)),  # comes twice
    ("Europe/Amsterdam", datetime(2020, 3, 29, 2, 30)),  # never comes
    ("America/St_Johns", datetime(2010, 11, 7, 0, 0, 30)),
    ("Pacific/Apia", datetime(2011, 12, 30, 12)),  # a day that never came
    ("Asia/Bangkok", datetime(1920, 3, 31, 23, 59, 59, 999_999)),  # an offset of 6:42:04
    ("Africa/Monrovia", datetime(1972, 1, 7, 0, 30)),
]


@st.composite
def moments(draw):
    """Moments in every zone and of every offset, also where clocks are changed."""
    zone, wall = draw(st.sampled_from(CHANGES) | st.tuples(st.sampled_from(ZONES), st.datetimes()))
    fold = draw(st.integers(0, 1))
    tz = draw(st.sampled_from((ZoneInfo(zone), pendulum.timezone(zone))) | fixed)
    return wall.replace(tzinfo=tz, fold=fold)


values = (
    words | st.integers() | st.integers(2**3000, 2**3001) | st.booleans() | st.dates() | moments()
    | st.fractions() | st.just(Fraction(2**20_000, 3)) | st.decimals(allow_nan=False, allow_infinity=False)
)  # fmt: skip
days_or_none = st.none() | st.dates()
letters = st.builds(
    Letter, number=names, reference=words, dated=days_or_none, sender=words, recipient=words, subject=words,
    unit=names, remark=words, origin=st.sampled_from(Origin), urgency=st.sampled_from(Urgency),
    wanted_by=st.none() | moments(), secrecy=st.sampled_from(Secrecy), retention=st.sampled_from(Retention),
    attributes=st.dictionaries(st.sampled_from(("pages", "ช่อง", "by hand")), values),
)  # fmt: skip
numbers = st.builds(
    RegisterNumber,
    st.builds(Book, names.filter(bool), st.sampled_from(("receipt", "sending")), st.booleans()),
    st.integers(),
    st.integers(),
)
some_numbers = st.lists(numbers, max_size=2)
recipients = st.lists(names.filter(bool), unique=True)
who = st.none() | names
signed = {"by": who, "why": words, "at": moments()}
lines = st.builds(
    Line, letter=letters, at=moments(), by=who, first=st.none() | numbers, replies_to=some_numbers,
    related=some_numbers, action=words, remark=words, recipients=recipients,
) | st.builds(Line, letter=st.none(), at=moments(), by=who, reserved=words.filter(str.strip))  # fmt: skip
right = st.fixed_dictionaries(
    {"subject": words},
    optional={
        "dated": days_or_none, "wanted_by": st.none() | moments(), "urgency": st.sampled_from(Urgency), "unit": names,
        "letter_remark": words, "action": words, "attributes": st.dictionaries(names.filter(bool), values),
    },
)  # fmt: skip
notes = (
    st.builds(Void, **signed) | st.builds(Restored, **signed) | st.builds(Corrected, **signed, values=right)
    | st.builds(Linked, **signed, replies_to=some_numbers, related=some_numbers)
    | st.builds(Filled, **signed, letter=letters, replies_to=some_numbers, action=words, recipients=recipients)
    | st.builds(Tracked, **signed, recipient=names, status=st.sampled_from(Delivery))
)  # fmt: skip
left_open = st.just(UNSAID)
entries = st.builds(
    Entry, words, moments(), by=who | left_open, unit=who | left_open, recorded=st.none() | left_open | moments(),
    role=who | left_open, note=words | left_open, acting_for=who | left_open,
)  # fmt: skip
steps = st.builds(Step, words, moments(), by=who, recorded=st.none() | moments(), note=words, state=words)
told_by = {"by": who, "role": who, "unit": who, "why": words, "recorded": moments(), "acting_for": who}
corrections = st.builds(Correction, corrects=st.none() | st.integers(), instead=st.none() | entries | steps, **told_by)
amendments = st.builds(
    lambda letter, other, **by: Amendment(before=letter, after=evolve(other, number=letter.number), **by),
    letters,
    letters,
    **told_by,
)
RULES = [
    Yearly((12, 24), (1, 2)), Yearly((2, 29)), DateRange(date(2020, 1, 1)), DateRange(None, date(2020, 1, 1)),
    Dates([date(2020, 3, 27), date(2020, 3, 20)]), EveryOther(date(2020, 1, 4), weeks=3), EveryOther(date(2020, 1, 4)),
    Holidays(), Eves(), Eves(Yearly((12, 5))),
]  # fmt: skip
joined = st.sampled_from(("and", "or", "without"))
rules = st.recursive(st.sampled_from(RULES), lambda some: st.builds(Joined, joined, some, some), max_leaves=4)
weekly = WeeklyHours(MORNING, friday=OfficeHours(opens=time(22), closes=time(6, 0, 0, 5), overnight=True))
decisions = st.one_of(
    *(
        st.builds(kind, st.dates() | rules, *more, reason=st.just("flood"), source=st.just("คำสั่ง"), **by)
        for kind, more, by in (
            (Closure, (), {"announced": days_or_none}),
            (MakeUpDay, (), {"withdrawn": days_or_none}),
            (OneOffHours, [st.just(MORNING)], {}),
            (ChangedHours, [st.sampled_from((MORNING, weekly))], {}),
            (Break, [st.just(time(12, 0, 1)), st.just(time(13))], {}),
            (Shortened, [], {"by": st.integers(1).map(lambda n: WorkTime(microseconds=n))}),
        )
    )
)


@st.composite
def attributes(draw):
    """What a workflow declares, with choices of the kind."""
    pool = {str: words, int: st.integers(), bool: st.booleans(), Fraction: st.fractions(), datetime: moments()}
    kind = draw(st.sampled_from([*pool, date, Decimal]))
    choices = draw(st.lists(pool[kind], max_size=2)) if kind in pool else ()
    return Attribute(draw(st.sampled_from(("pages", "channel"))), kind, choices=choices, required=draw(st.booleans()))


@st.composite
def unguarded(draw):
    """Workflows of which everything is data."""
    table = draw(workflows())
    lines = [evolve(one, guards=(), lifecycle=draw(st.none() | st.just("start"))) for one in table.transitions[:1]]
    onward = [one.source for one in lines if one.source != one.destination]
    flow = Workflow(
        draw(st.sampled_from(("loan", "ยืม"))), initial=table.initial, transitions=lines, opening=table.opening,
        may_open=table.may_open, may_correct=table.may_correct, attributes=draw(st.lists(attributes(), max_size=1)),
        waiting=draw(st.sampled_from(((), onward))), version=draw(st.integers() | words),
    )  # fmt: skip
    return draw(st.sampled_from((flow, INCOMING_EXTERNAL_LETTER)))


FACTS = {
    "lines": lines,
    "notes": notes,
    "entries": entries,
    "steps": steps,
    "corrections": corrections,
    "amendments": amendments,
    "decisions": decisions,
    "workflows": unguarded(),
    "holidays": st.sampled_from(holiday_table()),
}
made = st.one_of(*FACTS.values())


@st.composite
def lived(draw):
    """What really stands in registers, logs and calendars that were kept for a while."""
    kept = [one for each in draw(registries()) for one in (each.written, *each.notes)]
    kept += [*draw(cases()).log, *draw(calendars()).days]
    return draw(st.sampled_from(kept))


@pytest.mark.parametrize("what", [*FACTS, "what was kept for a while"])
@given(st.data())
def test_every_fact_comes_back_as_it_was(what, data):
    value = data.draw(FACTS.get(what, lived()), label=what)
    assert told(back(value)) == told(expected(value))
    assert type(back(value)) is type(expected(value))
    assert to_text(back(value)) == to_text(value)


@given(made | lived())
def test_a_text_is_canonical_json(value):
    text = to_text(value)
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert json.loads(text).keys() - {"is"} <= {one.name for one in fields(type(expected(value)))}
    text.encode()


@given(letters, st.randoms(use_true_random=False))
def test_the_order_in_which_attributes_are_given_makes_no_other_text(letter, random):
    pairs = list(letter.attributes.items())
    random.shuffle(pairs)
    twin = Line(letter=evolve(letter, attributes=dict(pairs)), at=NINE, by="Somchai")
    assert to_text(twin) == to_text(Line(letter=letter, at=NINE, by="Somchai"))


@given(moments())
def test_a_moment_keeps_its_instant_its_zone_and_its_wall(at):
    text = moment_text(at)
    there = moment_from(text)
    assert type(there) is datetime
    assert type(there.tzinfo) in {ZoneInfo, timezone}
    assert told(there) == told(at)
    assert moment_text(there) == text


def test_a_day_that_a_zone_left_out_and_an_hour_that_comes_twice_are_told_by_the_offset():
    for fold, offset in ((0, "+02:00"), (1, "+01:00")):
        at = datetime(2020, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Amsterdam"), fold=fold)
        assert moment_text(at) == f"2020-10-25T02:30:00{offset}[Europe/Amsterdam]"
        assert moment_from(moment_text(at)).fold == fold


def test_when_a_country_changes_its_clocks_the_instant_stays():
    at = moment_from("2020-01-02T09:12:00+08:00[Asia/Bangkok]")
    assert (instant(at), at.isoformat()) == (instant(NINE) - 3_600_000_000, "2020-01-02T08:12:00+07:00")


@pytest.mark.parametrize(
    "zone",
    ["../../etc/passwd", ".", "", "/etc/localtime", "asia/bangkok", "Asia", "posixrules", "con", "Asia/Bangkok\0"],
)
def test_a_zone_is_asked_for_only_by_a_name_of_the_database(zone, monkeypatch):
    monkeypatch.setattr("docflow.store.values.ZoneInfo", lambda key: pytest.fail(f"{key!r} was opened"))
    with pytest.raises(StoreError, match="tzdata|NUL"):
        from_text("void", json.dumps({"at": f"2020-01-02T09:12:00+07:00[{zone}]"}))


class Nowhere(tzinfo):
    """A zone that has no name."""

    def utcoffset(self, at):
        return None if at is None else timedelta(hours=7)

    dst = tzname = utcoffset


class Fixed(Nowhere):
    """An offset of somebody else's making."""

    def utcoffset(self, _):
        return timedelta(hours=7)


def test_a_fixed_offset_of_any_class_is_written_and_a_zone_without_a_name_is_refused():
    plain = "2020-01-02T09:12:00+07:00"
    for zone in (Fixed(), pendulum.FixedTimezone(7 * 3600), timezone(timedelta(hours=7), "ICT")):
        assert moment_text(NINE.replace(tzinfo=zone)) == plain
    with files("tzdata.zoneinfo.Asia").joinpath("Bangkok").open("rb") as file:
        nameless = ZoneInfo.from_file(file)
    for zone in (Nowhere(), nameless):
        with pytest.raises(StoreError, match="astimezone"):
            to_text(Void(why="twice", at=NINE.replace(tzinfo=zone)))


def test_moments_of_pendulum_and_pandas_come_back_as_plain_ones_and_none_is_rounded():
    for at in (pendulum.instance(NINE), pd.Timestamp(NINE)):
        there = back(Void(why="twice", at=at)).at
        assert (type(there), there, there.tzinfo) == (datetime, NINE, BANGKOK)
    with pytest.raises(StoreError, match="finer than a microsecond"):
        to_text(Void(why="twice", at=pd.Timestamp(NINE) + pd.Timedelta(nanoseconds=1)))


PINNED = [
    (
        Line(letter=LETTER, at=NINE, by="Somchai", replies_to=(NUMBER,)),
        ('{"at":"2020-01-02T09:12:00+07:00[Asia/Bangkok]","by":"Somchai","letter":{"dated":"2020-01-01",'
        '"number":"8395/2563","reference":"12/7","sender":"A ministry","subject":"ขอเชิญประชุม","unit":"North"},'
        '"replies_to":[["North","sending",true,2563,12]]}'),
    ),
    (
        Line(letter=None, at=NINE, by="Somchai", reserved="to be signed"),
        '{"at":"2020-01-02T09:12:00+07:00[Asia/Bangkok]","by":"Somchai","letter":null,"reserved":"to be signed"}',
    ),
    (
        Corrected(by="Somchai", why="a slip", at=NINE, values={"dated": None, "letter_remark": "x"}),
        ('{"at":"2020-01-02T09:12:00+07:00[Asia/Bangkok]","by":"Somchai",'
        '"values":{"dated":null,"letter_remark":"x"},"why":"a slip"}'),
    ),
    (
        Tracked(by="Somchai", at=NINE, recipient="East", status="delivered"),
        '{"at":"2020-01-02T09:12:00+07:00[Asia/Bangkok]","by":"Somchai","recipient":"East","status":"delivered"}',
    ),
    (
        Step("hand_over", NINE, "Somchai", "North", role="clerk", state="taken_over"),
        ('{"at":"2020-01-02T09:12:00+07:00[Asia/Bangkok]","by":"Somchai","role":"clerk","trigger":"hand_over",'
        '"unit":"North"}'),
    ),
    (
        Correction(corrects=1, instead=Entry("submit", NINE, by=None), by="Somying", why="a slip", recorded=NINE),
        ('{"by":"Somying","corrects":1,"instead":{"acting_for":null,"at":"2020-01-02T09:12:00+07:00[Asia/Bangkok]",'
        '"by":null,"trigger":"submit"},"recorded":"2020-01-02T09:12:00+07:00[Asia/Bangkok]","why":"a slip"}'),
    ),
    (
        Correction(corrects=2, instead=Entry("submit", NINE, note=""), by="Somying", why="a slip", recorded=NINE),
        ('{"by":"Somying","corrects":2,"instead":{"at":"2020-01-02T09:12:00+07:00[Asia/Bangkok]","note":"",'
        '"trigger":"submit"},"recorded":"2020-01-02T09:12:00+07:00[Asia/Bangkok]","why":"a slip"}'),
    ),
    (
        Correction(corrects=None, instead=Step("submit", NINE, state="sent"), by=None, why="", recorded=NINE),
        ('{"by":null,"corrects":null,"instead":{"at":"2020-01-02T09:12:00+07:00[Asia/Bangkok]","state":"sent",'
        '"trigger":"submit"},"recorded":"2020-01-02T09:12:00+07:00[Asia/Bangkok]","why":""}'),
    ),
    (
        Amendment(
            before=Letter(number="1/2563"),
            after=Letter(
                number="1/2563",
                secrecy="secret",
                wanted_by=NINE.astimezone(UTC),
                attributes={
                    "pages": 3, "by hand": True, "share": Fraction(1, 3), "fee": Decimal("1.50"), "seen": NINE,
                    "signed": date(2020, 1, 1), "channel": "e-mail", "large": 2**2048,
                },
            ),
            by="Somying", why="a slip", recorded=NINE, acting_for="Sompong",
        ),
        '{"acting_for":"Sompong","after":{"attributes":{"by hand":true,"channel":"e-mail","fee":{"decimal":"1.50"},'
        '"large":{"int":"0x1' + "0" * 512 + '"},"pages":3,'
        '"seen":{"datetime":"2020-01-02T09:12:00+07:00[Asia/Bangkok]"},'
        '"share":{"fraction":"1/3"},"signed":{"date":"2020-01-01"}},"number":"1/2563","secrecy":"secret",'
        '"wanted_by":"2020-01-02T02:12:00+00:00"},"before":{"number":"1/2563"},"by":"Somying",'
        '"recorded":"2020-01-02T09:12:00+07:00[Asia/Bangkok]","why":"a slip"}',
    ),
    (
        Workflow(
            "loan",
            initial="on the shelf",
            transitions=[
                Transition("lend", "on the shelf", "lent", may=[Right("librarian")], lifecycle="start"),
                Transition("return", "lent", "on the shelf"),
            ],
            version="2563/2",
            waiting=["lent"],
            may_open=[Right(unit="Library")],
            attributes=[Attribute("pages", int, choices=(1, 2), required=True), Attribute("share", Fraction)],
        ),
        ('{"attributes":[{"choices":[1,2],"kind":"int","name":"pages","required":true},{"kind":"fraction","name":"share"}],'
        '"initial":"on the shelf","may_open":[{"unit":"Library"}],"name":"loan","transitions":[{"destination":"lent",'
        '"lifecycle":"start","may":[{"role":"librarian"}],"source":"on the shelf","trigger":"lend"},'
        '{"destination":"on the shelf","source":"lent","trigger":"return"}],"version":"2563/2","waiting":["lent"]}'),
    ),
    (
        ChangedHours(Yearly((12, 24), (1, 2)) - EveryOther(date(2020, 1, 4)), MORNING, **DAY),
        ('{"announced":"2020-03-19","day":{"is":"joined","one":{"first":[12,24],"is":"yearly","last":[1,2]},'
        '"other":{"day":"2020-01-04","is":"every other"},"word":"without"},"hours":{"breaks":[["12:00:00","13:00:00"]],'
        '"closes":"16:30:00","is":"office hours","opens":"08:30:00"},"is":"changed hours","reason":"flood",'
        '"source":"order 15"}'),
    ),
    (
        Shortened(Eves(), by=WorkTime(hours=1), reason="eve", source="order 2"),
        '{"by":3600000000,"day":{"is":"eves"},"is":"shortened","reason":"eve","source":"order 2"}',
    ),
    (
        Holiday(date(2027, 3, 5), "Founding day", source="order 7", area="bangkok"),
        '{"area":["bangkok"],"day":"2027-03-05","english":"Founding day","source":"order 7"}',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("value", "text"), PINNED, ids=lambda one: type(one).__name__)
def test_a_text_is_the_same_in_every_release(value, text):
    assert to_text(value) == text
    assert told(from_text(kind_of(value), text)) == told(expected(value))


def test_every_kind_has_a_fact_and_every_fact_a_kind():
    kinds = {kind_of(value) for value, _ in PINNED}
    kinds |= {
        kind_of(one) for one in (Void(at=NINE), Restored(at=NINE), Linked(at=NINE), Filled(at=NINE, letter=LETTER))
    }
    assert kinds == set(SHAPES)
    for value in (None, 1, LETTER, NUMBER, 10**5000, Act("x", NINE, None, None, None, None, "", None), Letter):
        with pytest.raises(StoreError, match="is no fact"):
            kind_of(value)


KEYS = sorted({key for _, text in PINNED for key in json.loads(text)})
plain_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda some: st.lists(some, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), some),
    max_leaves=12,
)
kinds = st.sampled_from([*SHAPES, "shred", ""])


def read_or_refused(kind, text):
    """See that a text is refused, and by nothing but `StoreError`, or else tells a fact that has a canonical text."""
    try:
        value = from_text(kind, text)
    except StoreError as error:
        assert error.kind == "unreadable"  # noqa: PT017 - a refusal is one of two outcomes
        return
    canonical = to_text(value)
    assert kind_of(value) == kind
    assert told(from_text(kind, canonical)) == told(value)
    assert to_text(from_text(kind, canonical)) == canonical


@given(kinds, st.text() | plain_json.map(json.dumps))
def test_no_text_does_anything_but_tell_a_fact_or_be_refused(kind, text):
    read_or_refused(kind, text)


MARKS = ["", '"', "\\", "\\u0000", "\\ud800", "{", "]", "0", "9", ",", "null", "[", "ก", "\ud800", "1e999", "-", ":"]


@given(st.data(), made)
def test_a_text_that_was_damaged_tells_a_fact_or_is_refused(data, value):
    text = to_text(value)
    begin = data.draw(st.integers(0, len(text)), label="from")
    end = data.draw(st.integers(begin, begin + 3), label="to")
    mark = data.draw(st.sampled_from(MARKS), label="mark")
    read_or_refused(kind_of(value), text[:begin] + mark + text[end:])


@given(st.data(), made)
def test_a_record_in_which_a_field_is_another_tells_a_fact_or_is_refused(data, value):
    record = json.loads(to_text(value))
    places = list(inside(record))
    holder, key = data.draw(st.sampled_from(places), label="place")
    what = data.draw(st.sampled_from(("gone", "other", "other", "other", "moved")), label="what")
    if what == "gone":
        del holder[key]
    elif what == "moved":
        other, there = data.draw(st.sampled_from(places), label="from")
        holder[key] = json.loads(json.dumps(other[there]))
    else:
        holder[key] = data.draw(plain_json | st.just(10**700), label="other")
    read_or_refused(kind_of(value), json.dumps(record))


def inside(record):
    """Every place in a record, as what holds it and its key."""
    for key, each in record.items() if isinstance(record, dict) else enumerate(record):
        yield record, key
        if isinstance(each, dict | list):
            yield from inside(each)


VOID = '{"at":"2020-01-02T09:12:00+07:00","why":"twice"}'
REFUSED = {
    "no such kind": ("shred", VOID, "is no kind of record; choose line"),
    "a kind that is no text": (["void"], VOID, "a list is no kind of record"),
    "no text": ("void", None, "tells no void"),
    "bytes": ("void", VOID.encode(), "tells no void"),
    "no JSON": ("void", VOID[:-1], "tells no void"),
    "nothing": ("void", "", "tells no void"),
    "more behind it": ("void", VOID + " {}", "follows its end"),
    "no object": ("void", "[]", "is no void"),
    "an unknown field": ("void", VOID.replace("why", "wy"), "it has no field 'wy'"),
    "a missing field": ("void", '{"why":"twice"}', "tells no void.*'at'"),
    "a missing field of an entry": ("entry", '{"at":"2020-01-02T09:12:00+07:00"}', "tells no entry.*'trigger'"),
    "a field of another type": ("void", VOID.replace('"twice"', "false"), "why is False, where a text is wanted"),
    "null for a text": ("void", VOID.replace('"twice"', "null"), "why is None"),
    "null for a trigger": ("entry", '{"at":"2020-01-02T09:12:00+07:00","trigger":null}', "trigger is None"),
    "a key that comes twice": ("void", VOID.replace("{", '{"why":"once",'), "'why' stands in it twice"),
    "NaN": ("void", VOID.replace('"twice"', "NaN"), "NaN, which is no number"),
    "an infinity": ("void", VOID.replace('"twice"', "-Infinity"), "-Infinity, which is no number"),
    "absurdly deep lists": ("void", "[" * 200_000, "tells no void"),
    "absurdly deep objects": ("decision", '{"is":' * 200_000, "tells no decision"),
    "a number of absurd length": ("void", VOID.replace('"twice"', "9" * 5000), "tells no void"),
    "half of a surrogate pair": ("void", VOID.replace("twice", "\ud800"), "half of a surrogate"),
    "an escaped one": ("void", VOID.replace("twice", "\\udFff"), "escaped surrogate"),
    "NUL": ("void", VOID.replace("twice", "\\\\\\u0000"), "NUL"),
    "a moment without a zone": ("void", VOID.replace("+07:00", ""), "has no time zone"),
    "such a moment with a name": ("void", VOID.replace("+07:00", "[Asia/Bangkok]"), "has no time zone"),
    "no moment": ("void", VOID.replace("2020-01", "2020-13"), "tells no void"),
    "a name that is never closed": ("void", VOID.replace("+07:00", "+07:00[Asia/Bangkok"), "tells no void"),
    "a line that is void at once": ("line", '{"at":"2020-01-02T09:12:00+07:00","letter":null,"void":{}}', "void is"),
    "a number of four parts": (
        "linked", '{"at":"2020-01-02T09:12:00+07:00","related":[["North","receipt",false,2563]]}', "has 5 parts"
    ),
    "no such decision": ("decision", '{"is":"revolt"}', "is no decision about a day"),
    "no word for it": ("decision", '{"is":[]}', "is no decision about a day"),
    "no decision": ("decision", '{"day":"2020-03-20","reason":"flood","source":"order"}', "is no decision"),
    "a rule by a dotted name": (
        "decision", '{"day":{"is":"os.system"},"is":"closure","reason":"x","source":"y"}', "'os.system' is no rule"
    ),
    "a holiday's name that is a number": ("holiday", '{"day":"2020-03-20","english":5,"source":"y"}', "english is 5"),
    "an area that is none": (
        "holiday", '{"area":["atlantis"],"day":"2020-03-20","english":"a","source":"y"}', "tells no holiday.*atlantis"
    ),
    "a choice that is too long to print": (
        "workflow",
        '{"name":"a","initial":"b","transitions":[],"attributes":[{"name":"c","kind":"str","choices":[{"int":"0x'
        + "f" * 5000 + '"}]}]}',
        "tells no workflow: LetterError",
    ),
    "a choice without a zone": (
        "workflow",
        ('{"name":"a","initial":"b","transitions":[],"attributes":[{"name":"c","kind":"datetime","choices":'
        '[{"datetime":"2020-01-02T09:12"}]}]}'),
        "has no time zone",
    ),
    "a choice that is no number": (
        "workflow",
        ('{"name":"a","initial":"b","transitions":[],"attributes":[{"name":"c","kind":"decimal","choices":'
        '[{"decimal":"NaN"}]}]}'),
        "no number that an attribute can have",
    ),
    "rules that are too deep": (
        "decision",
        '{"day":' + '{"is":"eves","days":' * 50 + '{"is":"holidays"}' + "}" * 50
        + ',"is":"closure","reason":"x","source":"y"}',
        "more than 50 one within the other",
    ),
    "a kind of attribute that is none": (
        "workflow", '{"name":"a","initial":"b","transitions":[],"attributes":[{"name":"c","kind":"object"}]}', "no kind"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_tells_no_fact_is_refused_with_what_is_wrong(case):
    kind, text, problem = REFUSED[case]
    with pytest.raises(StoreError, match=problem) as refused:
        from_text(kind, text)
    assert (refused.value.store, refused.value.kind) == ("a record", "unreadable")


@pytest.mark.parametrize(
    "data",
    [
        1.5, None, [], {}, {"fraction": "1/0"}, {"fraction": "1"}, {"fraction": ["1/3"]}, {"decimal": "NaN"},
        {"decimal": "Infinity"}, {"decimal": "1e99999999999999999999999"}, {"int": 5}, {"int": "1", "decimal": "1"},
        {"date": "2020-02-30"}, {"datetime": "2020-01-02T09:12"}, {"float": "1"},
    ],
)  # fmt: skip
def test_no_attribute_has_a_value_of_an_unknown_kind(data):
    text = json.dumps({"at": "2020-01-02T09:12:00+07:00", "letter": {"attributes": {"pages": data}, "number": "1"}})
    with pytest.raises(StoreError):
        from_text("line", text)


def test_a_backslash_before_the_letter_u_is_no_escape():
    value = Void(why="C:\\u0000 and \\ud800", at=NINE)
    assert back(value) == value


class Word(StrEnum):
    """Text to Python."""

    SLIP = "a slip"


class OtherLetter(Letter):
    """A letter of somebody's own."""


def day_rule(_):
    """A rule that is code."""


deep = Yearly((1, 1))
for _ in range(60):
    deep = Eves(deep)
wide = Yearly((1, 1))
for _ in range(40):
    wide |= wide


def declaring(attribute):
    """A workflow with an attribute."""
    return Workflow("a", initial="b", transitions=[], attributes=[attribute])


UNWRITABLE = {
    "a lone surrogate": (Void(why="\udfff", at=NINE), "half of a surrogate pair.*leave it out"),
    "NUL": (Void(why="a\0b", at=NINE), "NUL character.*leave it out"),
    "a line that notes were folded into": (
        Line(letter=LETTER, at=NINE, void=Void(why="x", at=NINE)), "as it was first written"
    ),
    "a letter of another class": (Filled(at=NINE, letter=OtherLetter(number="1")), "is a OtherLetter"),
    "a rule of one's own": (Closure(Days.of("fridays", day_rule), reason="x", source="y"), "kept as data"),
    "rules that are too deep": (Closure(deep, reason="x", source="y"), "more than 50 one within the other"),
    "rules that are too many": (Closure(wide, reason="x", source="y"), "more than 1000 rules"),
    "a name that is a number": (Holiday(date(2020, 1, 1), 5, source="y"), "english is 5, where a text is wanted"),
    "a number of absurd length": (Linked(at=NINE, related=evolve(NUMBER, n=10**5000)), "linked cannot be kept"),
    "a first number that is none": (Line(letter=LETTER, at=NINE, first=()), "where a RegisterNumber is wanted"),
    "a naive choice": (
        declaring(Attribute("c", datetime, choices=[datetime(2020, 1, 1)])),
        "no time zone",
    ),
    "a choice that is no number": (
        declaring(Attribute("c", Decimal, choices=[Decimal("NaN")])),
        "no value of an attribute",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNWRITABLE)
def test_what_no_record_can_hold_is_refused_with_the_way_out(case):
    value, problem = UNWRITABLE[case]
    with pytest.raises(StoreError, match=problem) as refused:
        to_text(value)
    assert (refused.value.store, refused.value.kind) == ("a record", "unwritable")


def test_text_of_a_narrower_class_is_written_as_plain_text():
    holiday = Holiday(date(2020, 1, 1), Word.SLIP, source="y")
    assert type(back(holiday).english) is str
    assert back(holiday) == holiday


def test_a_decimal_is_written_alike_in_every_context():
    letter = evolve(LETTER, attributes={"fee": Decimal("1E+5")})
    text = to_text(Line(letter=letter, at=NINE))
    with localcontext() as context:
        context.capitals = 0
        assert to_text(Line(letter=letter, at=NINE)) == text


def needs_a_subject(case, _):
    """A guard of the office's own."""
    return None if case.letter.subject else "it has no subject"


def another(case, act):
    """A second one."""
    return needs_a_subject(case, act)


@frozen
class AtLeast:
    """A guard with a figure."""

    pages: int
    of: tuple[str, ...] = ("a", "b")
    also: object = needs_a_subject

    def __call__(self, _case, _act):
        return None


class Desk:
    """A guard that is a method."""

    def guard(self, _case, _act):
        return None

    def __call__(self, _case, _act):
        return None


def guarded(*guards):
    """A workflow with guards."""
    return Workflow("loan", initial="in", transitions=[Transition("lend", "in", "lent", guards=guards)])


def test_guards_are_written_by_their_names():
    flow = guarded(needs_a_note, needs_a_subject, AtLeast(3))
    (line,) = json.loads(to_text(flow))["transitions"]
    own = f"{__name__}.needs_a_subject"
    assert line["guards"] == [
        "docflow.letters.routes.needs_a_note", own, f'{__name__}.AtLeast(pages=3, of=("a", "b"), also={own})'
    ]  # fmt: skip
    routes = Workflow(
        "route",
        initial="in",
        transitions=[
            *hold_and_resume(["in"]),
            *approvals("approve", "in", "approved", need=2, since="receive"),
        ],
    )
    guards = [guard for line in json.loads(to_text(routes))["transitions"] for guard in line.get("guards", ())]
    assert guards == [
        'docflow.letters.routes.HeldIn(state="in", by="hold")',
        'docflow.letters.routes.Approval(need=2, since="receive", last=false)',
        'docflow.letters.routes.Approval(need=2, since="receive", last=true)',
    ]


def test_a_workflow_with_guards_is_never_read_and_nothing_is_imported():
    text = to_text(guarded(needs_a_note)).replace("docflow.letters.routes.needs_a_note", "antigravity.fly")
    with pytest.raises(StoreError, match="its guards are code.*give the workflow itself when the store is opened"):
        from_text("workflow", text)
    assert "antigravity" not in sys.modules


def within():
    """A function within another."""

    def guard(_case, _act):
        return None

    return guard


def wrapped():
    """A function that only calls itself like another."""
    guard = within()
    guard.__qualname__, guard.__module__ = "needs_a_subject", __name__
    return guard


@pytest.mark.parametrize(
    "guard",
    [lambda _case, _act: None, within(), wrapped(), partial(needs_a_subject), Desk().guard, Desk(), AtLeast(Desk())],
    ids=["lambda", "local", "wrapped", "partial", "method", "object", "field"],
)
def test_a_guard_without_a_name_that_stays_is_refused(guard):
    for ask in (to_text, lambda flow: same_workflow(flow, "{}")):
        with pytest.raises(StoreError, match="no name that stays; make it a function of a module"):
            ask(guarded(guard))


@given(workflows(), workflows())
def test_a_workflow_is_the_same_exactly_when_all_is_equal(one, other):
    text = to_text(one)
    assert same_workflow(one, text)
    assert same_workflow(one, json.dumps(json.loads(text), indent=2))
    assert same_workflow(other, text) == (one == other)
    assert not same_workflow(evolve(one, version="another"), text)


def test_workflows_differ_by_the_names_of_their_guards():
    text = to_text(guarded(needs_a_subject, HeldIn))
    assert same_workflow(guarded(needs_a_subject, HeldIn), text)
    assert not same_workflow(guarded(another, HeldIn), text)
    assert not same_workflow(guarded(HeldIn, needs_a_subject), text)
    for broken in ("", "{", '{"a":1e999}', '{"a":NaN}', "[" * 200_000, None):
        with pytest.raises(StoreError):
            same_workflow(guarded(needs_a_subject), broken)
