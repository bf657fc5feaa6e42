"""The script that explains a deadline."""

import pytest
from scripts import DEADLINE, refused, run

pytestmark = pytest.mark.scripts

# The explanation of a deadline


def told(*arguments):
    done = run(DEADLINE, "--language", "en", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return [" ".join(line.split()) for line in done.stdout.splitlines()]


def test_a_deadline_is_explained_under_every_reading():
    first, *lines = told()
    assert first == "received 2019-11-01 16:20, as of 2019-11-06 08:32"
    assert lines[2] == "2 working days 2019-11-07 16:30 running 15 h 58 min"
    assert lines[4] == "48 hours 2019-11-03 16:20 late 0 min"
    assert lines[7] == "2 working days or 48 hours ★ 2019-11-07 16:30 running 15 h 58 min"
    assert lines[8:10] == ["warn 2019-11-07 12:30, 4 h of office time before it is due", ""]
    assert lines[10] == "2 working days or 48 hours from 2019-11-01 16:20: due 2019-11-07 16:30"
    assert lines[16].startswith("2019-11-04 Mon – Special holiday (35th ASEAN Summit")
    assert lines[-3:-1] == ["2019-11-06 Wed working day 1", "2019-11-07 Thu working day 2"]
    assert lines[-1] == "open at 2019-11-06 08:32: running, 15 h 58 min left"


def test_it_is_told_in_thai_unless_another_language_is_asked_for():
    lines = run(DEADLINE).stdout.splitlines()
    assert lines[0] == "รับเมื่อ 1 พ.ย. 2562 16.20 น., ณ 6 พ.ย. 2562 08.32 น."
    assert lines[11] == "2 วันทำการ หรือ 48 ชั่วโมง นับจาก 1 พ.ย. 2562 16.20 น.: ครบกำหนด 7 พ.ย. 2562 16.30 น."
    assert lines[-1] == "ณ 6 พ.ย. 2562 08.32 น. ยังไม่แล้วเสร็จ: ยังไม่ครบกำหนด เหลือ 15 ชั่วโมง 58 นาที"
    digits = run(DEADLINE, "--digits", "thai").stdout
    assert "๑๖.๒๐ น." in digits
    assert not any(mark in "0123456789" for mark in digits)


def test_a_deadline_takes_a_stop_pauses_and_the_knowledge_of_a_day():
    received, waiting = ["--received", "9/4/2563 10:00"], ["--waiting", "10/4/2563 09:00", "10/4/2563 11:00"]
    then = told(*received, "--as-of", "2020-04-15T09:00+07:00", *waiting, "--known-on", "16/3/2563")
    assert any(line.endswith("2020-04-17 10:30 running 10 h") for line in then)
    assert "2020-04-10 Fri working day 1 paused 2 h, from 09:00 until 11:00" in then
    assert "2020-04-13 Mon – Songkran [Standing order of the Office of the Prime Minister]" in " ".join(then)
    now = told(*received, "--submitted", "2020-04-13T15:00+07:00", "--as-of", "2020-04-15T09:00+07:00")
    assert any("2020-04-13 16:30 within" in line for line in now)
    assert "no holiday: Songkran was withdrawn on 2020-03-17" in " ".join(now)
    assert now[-1] == "stopped 2020-04-13 15:00: within the limit"


def test_a_deadline_in_a_year_that_is_not_decided_says_so():
    lines = told("--received", "29/12/2569 10:00", "--as-of", "29/12/2569 12:00")
    assert any("2027-01-04 16:30 running" in line for line in lines)
    assert "! the holidays of 2027 are not all announced: figures may change" in lines
    assert not any(line.startswith("!") for line in told())


def test_a_deadline_of_what_was_submitted_is_told_as_of_then():
    lines = told("--received", "6/1/2563 09:00", "--submitted", "20/1/2563 10:00")
    assert " late " in next(line for line in lines if "★" in line)
    assert lines[-1].startswith("stopped 2020-01-20 10:00: late by ")


def test_a_deadline_is_told_from_the_receipt_alone():
    """The days are those of a desk calendar: the letter of 28 December has until 30 December."""
    lines = told("--received", "28/12/2569 10:00")
    official = next(line for line in lines if "★" in line)
    assert official == "2 working days or 48 hours ★ 2026-12-30 16:30 running 22 h 30 min"
    assert [line[:10] for line in lines[-4:-1]] == ["2026-12-28", "2026-12-29", "2026-12-30"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--received", "31/2/2563 10:00"], "has no day 31"),
        (["--received", "7/11/2562 10:00", "--as-of", "6/11/2562 10:00"], "--as-of is before --received"),
        (["--received", "1/2/2580 10:00", "--as-of", "2/2/2580 10:00"], "2018–2027"),
        (["--waiting", "5/11/2562 10:00", "4/11/2562 10:00"], "before its start"),
        (["--known-on", "yesterday"], "yesterday"),
    ],
)
def test_a_deadline_that_cannot_be_explained_is_one_sentence(arguments, word):
    assert refused(run(DEADLINE, *arguments), "explain_deadline: ", word)
