"""`deadline`: when a letter is due under every reading of the plan's promise, how it stands, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.bangkok import OFFICIAL_READING, READINGS, office_clock
from docflow.command.speaking import OptionError, say, show, voice_of
from docflow.kpi.explanation import unsure
from docflow.report.blocks import Column, Grid, Row
from docflow.text import Text
from docflow.thai import parse_date, parse_datetime
from docflow.worktime import Verdict, WorkTime

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import datetime

__all__ = ["job"]

WARNING: Final = WorkTime(hours=4)
"""How much office time before the due moment the registry wants to be warned."""
HEAD: Final = Text("รับเมื่อ {}, ณ {}", "received {}, as of {}")
VERDICTS: Final = {
    Verdict.WITHIN: Text("ภายในกำหนด", "within"),
    Verdict.LATE: Text("เกินกำหนด", "late"),
    Verdict.RUNNING: Text("ยังไม่ครบกำหนด", "running"),
}
COLUMNS: Final = (
    Column(Text("วิธีนับ", "read as"), words=True),
    Column(Text("ครบกำหนด", "due")),
    Column(Text("ผล", "stands"), words=True),
    Column(Text("เวลาที่เหลือ", "time left")),
)
WARNED: Final = Text("เตือนเมื่อ {} ก่อนครบกำหนด {}", "warn {}, {} of office time before it is due")
NO_WARNING: Final = Text("ไม่มีเวลาเตือนก่อนครบกำหนด", "no warning")


def job(options: Namespace) -> int:
    """Explain one deadline. Raises what is wrong with the moments."""
    voice = voice_of(options)
    clock = office_clock(known_on=parse_date(options.known_on) if options.known_on else None)
    received = parse_datetime(options.received)
    submitted = parse_datetime(options.submitted) if options.submitted else None
    pauses = [(parse_datetime(since), parse_datetime(until)) for since, until in options.waiting]
    as_of = parse_datetime(options.as_of) if options.as_of else submitted or received
    for option, moment in (("--submitted", submitted), ("--as-of", as_of)):
        if moment is not None and moment < received:
            raise OptionError(f"{option} is before --received; correct one of them")

    def at(moment: datetime) -> str:
        return voice.moment(moment) if voice.thai else f"{moment:%Y-%m-%d %H:%M}"

    def said(words: Text, *particulars: str) -> str:
        return words.said(voice.language).format(*particulars)

    rows, years = [], set()
    for name, limit in READINGS.items():
        due = limit.due(received, clock, pauses=pauses)
        verdict = limit.verdict(received, submitted, as_of, clock, pauses=pauses)
        left = limit.remaining(received, as_of, clock, pauses=pauses)
        words = limit.words.said(voice.language)
        read_as = f"{words} ★" if name == OFFICIAL_READING else words
        rows.append(Row((read_as, at(due), VERDICTS[verdict], left.said(voice.language))))
        years.add(due.year)
    official = READINGS[OFFICIAL_READING]
    warning = official.warning(received, WARNING, clock, pauses=pauses)
    deadline = clock.deadline(official, received, pauses=pauses)
    stop = submitted if submitted and submitted <= as_of else None
    explained = deadline.explain(as_of, stop=stop).said(voice.language)  # what cannot be told is told of nothing

    say(said(HEAD, at(received), at(as_of)), voice)
    show(Grid(COLUMNS, tuple(rows)), voice)
    say(said(WARNED, at(warning), WARNING.said(voice.language)) if warning else NO_WARNING, voice)
    for year in sorted(years & set(clock.provisional)):
        say(f"! {unsure(year).said(voice.language)}", voice)
    say("", voice)
    say(explained, voice)
    return 0
