"""Limits by case, and why an observation is late."""

import pickle
from datetime import date
from fractions import Fraction

import pytest
from small_office import CLOCK, JANUARY, at, bins, trace

from docflow import Duration, Hours, WorkingDays, WorkTime
from docflow.errors import RecordError
from docflow.kpi import WANTED, WINDOW_CLOSE, Event, LimitBy, Proportion, Record, reached
from docflow.worktime import Before, Extended, Extension

NOON = at("01-31 12:00")
ANSWER = Duration("answer", start=reached("came"), stop=reached("went"), pausing=("asked",))
GRADES = {"most urgent": Hours(2), "urgent": WorkingDays(1)}


def grade(record):
    return record.number.partition(" / ")[0]


PROMISE = LimitBy("urgency", grade, GRADES, otherwise=WorkingDays(3))


def read(limit, *records, as_of=NOON):
    return ANSWER.within(limit).read(records, CLOCK, window=JANUARY, as_of=as_of)


def letter(number, *events):
    return Record(number, [Event(state, at(text)) for state, text in events])


class TestALimitForEachRecord:
    def test_each_is_judged_by_its_own_and_all_go_into_one_percentage(self):
        went = [("came", "01-06 09:00"), ("went", "01-07 10:00")]  # Monday to Tuesday
        records = [letter(number, *went) for number in ("most urgent / 1", "urgent / 2", "ordinary / 3")]
        result = read(PROMISE, *records)
        assert bins(result) == {"late": ["most urgent / 1"], "counted": ["urgent / 2", "ordinary / 3"]}
        assert result.value == Fraction(200, 3)

    def test_a_pause_moves_each_by_its_own_clock(self):
        # Asked from Monday 16:00 to Tuesday 10:00: 18 hours on the wall, an hour and a half of office time.
        paused = [("came", "01-06 15:00"), ("asked", "01-06 16:00"), ("back", "01-07 10:00")]
        records = [letter(number, *paused) for number in ("most urgent / 1", "urgent / 2")]
        dues = {one.record.number: one.due for one in read(PROMISE, *records).observations}
        lost = CLOCK.elapsed(at("01-06 16:00"), at("01-07 10:00"))
        assert dues["most urgent / 1"] == at("01-07 11:00")
        assert dues["urgent / 2"] == CLOCK.due(WorkingDays(1).due(at("01-06 15:00"), CLOCK), lost)

    def test_a_function_may_give_the_limit_itself(self):
        by_size = LimitBy("size", lambda record: WorkingDays(len(record.history)))
        result = read(
            by_size,
            letter("small", ("came", "01-06 09:00")),
            letter("large", ("came", "01-06 09:00"), ("seen", "01-06 10:00")),
        )
        assert [one.due for one in result.observations] == [at("01-07 17:00"), at("01-08 17:00")]

    def test_a_record_without_a_limit_is_left_out_with_the_reason(self):
        result = read(LimitBy("urgency", lambda _: None, GRADES), letter("ordinary / 1", ("came", "01-06 09:00")))
        assert [str(one.reason) for one in result.excluded] == ["names no moment by which it is due"]

    def test_one_that_the_table_does_not_have_is_refused_and_not_left_out(self):
        said = "^record Urgent / 1: its urgency is 'Urgent', which the table does not have; .* 'most urgent', 'urgent'$"
        with pytest.raises(RecordError, match=said):
            read(LimitBy("urgency", grade, GRADES), letter("Urgent / 1", ("came", "01-06 09:00")))

    def test_a_limit_that_the_function_gives_goes_before_the_table(self):
        own = LimitBy("urgency", lambda _: WorkingDays(5), GRADES, otherwise=WorkingDays(1))
        assert read(own, letter("1", ("came", "01-06 09:00"))).observations[0].due == at("01-13 17:00")

    def test_an_extension_of_a_limit_for_all_is_read_as_it_was_known_too(self):
        longer = Extension(WorkingDays(20), reason="x", source="y", announced=date(2020, 2, 1))
        extended = Extended(WorkingDays(1), longer)
        went = letter("1", ("came", "01-06 09:00"), ("went", "01-09 09:00"))
        for limit in (extended, extended | Hours(1), LimitBy("it", lambda _: extended)):
            assert bins(read(limit, went, as_of=at("01-20 09:00"))) == {"late": ["1"]}
            assert bins(read(limit, went, as_of=at("02-03 09:00"))) == {"counted": ["1"]}

    def test_an_extension_is_read_as_it_was_known(self):
        longer = Extension(
            WorkingDays(10), reason="consult", source="memo", announced=date(2020, 1, 8), withdrawn=date(2020, 1, 20)
        )
        by_case = LimitBy("deadline", lambda _: Extended(WorkingDays(2), longer))
        came = letter("1", ("came", "01-06 09:00"))
        stands = {}
        for text in ("01-07 18:00", "01-08 18:00", "01-19 18:00", "01-20 18:00"):
            (seen,) = read(by_case, came, as_of=at(text)).observations
            stands[text] = str(seen.bin), seen.due
        assert stands == {
            "01-07 18:00": ("running", at("01-08 17:00")),
            "01-08 18:00": ("running", at("01-20 17:00")),
            "01-19 18:00": ("running", at("01-20 17:00")),
            "01-20 18:00": ("late", at("01-08 17:00")),
        }

    def test_what_fails_or_gives_no_limit_is_named_with_its_record(self):
        came = letter("7", ("came", "01-06 09:00"))
        with pytest.raises(
            RecordError, match=r"^record 7: its urgency cannot be told: KeyError\('7'\); correct the function$"
        ):
            read(LimitBy("urgency", lambda record: {}[record.number]), came)
        with pytest.raises(
            RecordError, match="^record 7: its urgency gives 3, which is no limit; give a limit, such as"
        ):
            read(LimitBy("urgency", lambda _: 3), came)
        with pytest.raises(RecordError, match="cannot be told: TypeError"):
            read(LimitBy("urgency", lambda _: [], GRADES), came)

    def test_wrong_kinds_are_refused_with_the_way_out(self):
        with pytest.raises(TypeError, match="is no function; give one from a record to its limit"):
            LimitBy("urgency", "urgency")
        with pytest.raises(TypeError, match="is no table of limits; give one"):
            LimitBy("urgency", grade, [WorkingDays(1)])
        with pytest.raises(TypeError, match="is no limit; give one, such as WorkingDays"):
            LimitBy("urgency", grade, {"urgent": WorkTime(hours=2)})
        with pytest.raises(TypeError, match="is no limit"):
            LimitBy("urgency", grade, GRADES, otherwise=3)

    def test_it_is_a_value_that_says_itself(self):
        said = "the limit of its urgency (most urgent: 2 hours; urgent: 1 working day; otherwise 3 working days)"
        assert str(PROMISE) == said
        assert str(ANSWER.within(PROMISE)).endswith(f"by {said}")
        assert pickle.loads(pickle.dumps(PROMISE)) == PROMISE  # noqa: S301 - our own
        assert hash(PROMISE) == hash(LimitBy("urgency", grade, GRADES, otherwise=WorkingDays(3)))


class TestWhyLate:
    def test_an_observation_explains_itself_as_its_deadline_does(self):
        late = letter(
            "1", ("came", "01-06 09:00"), ("asked", "01-06 10:00"), ("back", "01-06 12:00"), ("went", "01-09 10:00")
        )
        (seen,) = read(WorkingDays(2), late).observations
        deadline = CLOCK.deadline(WorkingDays(2), at("01-06 09:00"), pauses=[(at("01-06 10:00"), at("01-06 12:00"))])
        for language in ("en", "th"):
            assert seen.explain().said(language) == deadline.explain(stop=at("01-09 10:00")).said(language)
        assert seen.due == deadline.due

    def test_one_that_is_open_is_explained_as_of_the_moment_that_was_seen(self):
        (seen,) = read(PROMISE, letter("urgent / 1", ("came", "01-31 10:00"))).observations
        assert str(seen.explain()).splitlines()[-1].startswith("open at 2020-01-31 12:00: running, ")

    def test_a_duration_explains_its_time(self):
        went = trace("1", ("came", "01-06 09:00"), ("went", "01-07 10:00"))
        plain = Duration("answer", start=reached("came"), stop=reached("went"))
        (seen,) = plain.read([went], CLOCK, window=JANUARY, as_of=NOON).observations
        assert seen.explain().elapsed == seen.elapsed
        assert str(seen.explain()) == str(CLOCK.explain(at("01-06 09:00"), at("01-07 10:00")))

    def test_the_moment_that_a_record_names_and_the_close_of_the_window_are_limits_too(self):
        wanted = Record("1", [Event("came", at("01-06 09:00"))], wanted_by=at("01-08 12:00"))
        measure = Proportion("done", start=reached("came"), stop=reached("went"), limit=WANTED)
        (seen,) = measure.read([wanted], CLOCK, window=JANUARY, as_of=NOON).observations
        assert seen.limit == Before(at("01-08 12:00"))
        assert str(seen.explain()).startswith("by 2020-01-08 12:00 from 2020-01-06 09:00: due 2020-01-08 12:00\n")
        measure = Proportion("done", start=reached("came"), stop=reached("went"), limit=WINDOW_CLOSE)
        (seen,) = measure.read([wanted], CLOCK, window=JANUARY, as_of=NOON).observations
        assert seen.due == at("01-31 17:00")
        assert "due 2020-01-31 17:00" in str(seen.explain())

    def test_what_is_excluded_has_nothing_to_explain(self):
        (seen,) = read(WorkingDays(2), letter("1", ("went", "01-06 09:00"))).observations
        with pytest.raises(RecordError, match=r"^record 1: is excluded \(had not reached came\), so there is no time"):
            seen.explain()
