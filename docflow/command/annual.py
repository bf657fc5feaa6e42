"""`report`: every indicator of the plan's year from a folder of records, and what else was asked for of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.bangkok import plan_of, year_end
from docflow.bangkok.files import RECORD_FILES, read_records
from docflow.bangkok.report import LetterReport, meeting_figures, year_report
from docflow.command.progress import Steps
from docflow.command.registers import letters_of, source_of
from docflow.command.speaking import voice_of
from docflow.report import markdown, page, report_console, terminal, workbook, write_pictures
from docflow.report.script import as_json, see_output, write
from docflow.text import Text
from docflow.thai import parse_datetime

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from pathlib import Path

    from docflow.text import Language

__all__ = ["job"]

ALL: Final = Text("ดูทั้งหมดได้ด้วย --all", "--all shows everything")
REST: Final = "--json lists all"
LANGUAGES: Final[dict[str, tuple[Language, ...]]] = {"th": ("th", "en"), "en": ("en", "th")}
"""A page has both languages; it shows the one first that was asked for."""
READING: Final = Text("อ่านแฟ้ม", "reading")
EVALUATING: Final = Text("คำนวณตัวชี้วัด", "evaluating")
WRITING: Final = Text("เขียนรายงาน", "writing")


def job(options: Namespace) -> int:
    """Read the records, write what was asked for, print the report. Raises what cannot be read or written."""
    voice, plan, source = voice_of(options), plan_of(options.year), source_of(options)
    as_of = parse_datetime(options.as_of) if options.as_of is not None else year_end(plan.clock, plan.year)
    sources = [source, *(options.data / file for file in RECORD_FILES)]
    _see_outputs(options, sources)
    with Steps(voice) as steps:
        steps.begin(READING)
        year = read_records(options.data)
        name, register = letters_of(options, steps.rows(source))
        steps.begin(EVALUATING)
        records = {"letters": register.cases, **year.records}
        result = plan.evaluate(records, as_of=as_of)
        months = plan.months(records, as_of=as_of) if options.monthly else {}
        letters = LetterReport.of(name, register, result)
        found = year_report(result, year, letters=letters, months=months, rest=REST, sample=options.sample)
        steps.begin(WRITING)
        if options.pictures:  # first, for they are many, and nothing else is half written when one of them fails
            write_pictures(found, options.pictures, language=options.language, digits=options.digits)
        if options.workbook:
            workbook(found, options.workbook, language=options.language, source=sources)
        if options.json:
            figures = {**letters.figures(), **found.figures(), "meetings": meeting_figures(result, year)}
            write(options.json, as_json(figures), source=sources)
        if options.html:
            write(options.html, page(found, LANGUAGES[options.language], digits=options.digits), source=sources)
        if options.markdown:
            write(options.markdown, markdown(found, voice, whole=options.all), source=sources)
        shown = terminal(found, voice, whole=options.all)
    console = report_console()
    console.print(shown)
    if not options.all:
        console.print()
        console.print(voice.say(ALL), style="dim", markup=False)
    return 0


def _see_outputs(options: Namespace, sources: Sequence[Path | str]) -> None:
    """See that all that was asked for can be written, before anything is: half of it would look like all."""
    for path in filter(None, (options.json, options.html, options.markdown)):
        see_output(path, source=sources)
    if options.workbook:
        see_output(options.workbook, source=sources, device=False)
    if options.pictures:
        see_output(options.pictures, folder=True)
