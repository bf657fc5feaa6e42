"""`explain`: where one letter of a register lies in each indicator that reads letters, and day by day why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.bangkok import plan_of, year_end
from docflow.command.registers import letters_of, source_of
from docflow.command.speaking import say, voice_of
from docflow.errors import FileError, StoreError
from docflow.kpi.words import BINS, Words
from docflow.report.words import excerpt
from docflow.text import Text
from docflow.thai import arabic_digits, format_date, parse_datetime
from docflow.worktime import DeadlineExplanation
from docflow.worktime.hours import WEEKDAYS

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence
    from datetime import date

    from docflow.kpi import Observation, Outcome
    from docflow.letters import Case
    from docflow.report.words import Voice
    from docflow.worktime import Skipped

__all__ = ["job"]

DUE: Final = Text("ครบกำหนด {}", "due {}")
ELAPSED: Final = Text("ใช้เวลาราชการ {}", "{} of office time used")
AS_OF: Final = Text("ณ {}", "as of {}")
MORE: Final = Text("… อีก {} บรรทัด", "… {} more lines")
SAME: Final = Text("  เหมือนข้างต้น", "  as above")
LONG: Final = 24
"""More lines than this are not all told of one indicator."""
ENDS: Final = 8
"""How many are told at either end."""


def job(options: Namespace) -> int:
    """Explain one letter. Raises `FileError` or `StoreError` when the register does not have it."""
    voice, plan, source = voice_of(options), plan_of(options.year), source_of(options)
    as_of = parse_datetime(options.as_of) if options.as_of else year_end(plan.clock, plan.year)
    name, register = letters_of(options)
    letter = _letter(register.cases, options.number)
    if letter is None and isinstance(source, str):
        wrong = "has no letter from outside of the number"
        raise StoreError(name, "unreadable number", f"it {wrong} '{excerpt(options.number)}'; write it like 12/2563")
    if letter is None:
        wrong = f"no row that can be read is of the letter '{excerpt(options.number)}'"
        raise FileError(str(source), f"{wrong}; rows left out: python -m docflow report --all")
    result = plan.evaluate({"letters": [letter]}, as_of=as_of)
    found = [
        (outcome, seen)
        for outcome in result.all()
        if outcome.indicator.of == "letters" and outcome.result is not None
        for seen in outcome.result.observations
    ]
    lines: list[str] = []  # all of them, before any is printed
    told: set[tuple[str, ...]] = set()
    for outcome, seen in found:
        why = tuple(_why(seen, voice))
        lines += ("", *_found(outcome, seen, voice))
        lines += (voice.say(SAME),) if why and why in told else (f"  {line}" for line in _short(why, voice))
        told.add(why)
    say(" · ".join(filter(None, (letter.number, letter.letter.subject, letter.letter.sender))), voice)
    say(AS_OF.said(voice.language).format(voice.moment(as_of)), voice)
    for line in lines:
        say(line, voice)
    return 0


def _letter(cases: Sequence[Case], number: str) -> Case | None:
    """The case of a number, in whichever digits it is written; None when there is none."""
    wanted = _plain(number)
    return next((case for case in cases if _plain(case.number) == wanted), None)


def _plain(number: str) -> str:
    return "".join(arabic_digits(number).split())


def _found(outcome: Outcome, seen: Observation, voice: Voice) -> Iterator[str]:
    """What an indicator found of a letter: its bin, elapsed time and due moment."""
    words = Words(voice.language, outcome.context.clock.tz, outcome.indicator.words)
    yield f"{outcome.indicator.number} {outcome.indicator.title.said(voice.language)}"
    facts = [BINS[seen.bin].said(voice.language)]
    if seen.reason is not None:
        facts.append(words.reason(seen.reason))
    if (used := seen.used) is not None:
        facts.append(words(ELAPSED, used.said(voice.language)))
    if seen.due is not None:
        facts.append(words(DUE, words.moment(seen.due)))
    yield f"  {' · '.join(facts)}"


def _why(seen: Observation, voice: Voice) -> list[str]:
    """Day by day, how its due moment or its time comes about."""
    if seen.start is None:
        return []
    told = seen.explain()
    if isinstance(told, DeadlineExplanation):
        return told.said(voice.language).splitlines()
    if not voice.thai:
        return str(told).splitlines()
    spans = [
        (span.start, f"{voice.time(span.start)}–{voice.time(span.stop)}  {span.elapsed.said('th')}")
        for span in told.spans
    ]
    spans += [(span.start, f"{voice.time(span.start)}–{voice.time(span.stop)}  หยุดนับ") for span in told.paused]
    days: list[tuple[date, str]] = [(span.date(), said) for span, said in sorted(spans)]
    shown = {day for day, _ in days}
    days += [(one.day, f"–  {_thai(one, seen)}") for one in told.skipped if one.day not in shown]
    head = f"{told.elapsed.said('th')} ตั้งแต่ {voice.moment(told.start)} ถึง {voice.moment(told.stop)}"
    return [head, *(f"{format_date(day)}  {said}" for day, said in sorted(days, key=lambda each: each[0]))]


def _thai(skipped: Skipped, seen: Observation) -> str:
    """Why nothing was counted on a day."""
    if skipped.reason in WEEKDAYS:
        return "วันหยุดประจำสัปดาห์"
    notes = () if seen.clock is None else seen.clock.notes(skipped.day)
    return "; ".join(note.thai or note.reason for note in notes) or skipped.reason


def _short(lines: Sequence[str], voice: Voice) -> Sequence[str]:
    """The lines, but of very many the first and the last."""
    if len(lines) <= LONG:
        return lines
    return [*lines[:ENDS], voice.say(MORE).format(len(lines) - 2 * ENDS), *lines[-ENDS:]]
