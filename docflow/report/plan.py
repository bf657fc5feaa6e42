"""The report on any plan: its outcomes, its work plans and what files left out, as figures and as sections to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from attrs import field, frozen

from docflow.errors import PlanError
from docflow.kpi import Bin, PlanResult, Proportion
from docflow.kpi.explanation import unsure
from docflow.kpi.words import BINS
from docflow.report.blocks import Column, Details, Grid, Line, Row, Section
from docflow.report.details import WorkDone, detail, faults_grid, schedule, work_by_month
from docflow.report.figures import day_figures, fault_figures, outcome_figures, text_figures
from docflow.report.words import ENGLISH, MARKS, Voice, amount, bare, goal
from docflow.text import Text, expect, of_kind, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docflow.files import Fault
    from docflow.kpi import Outcome, Result

__all__ = ["FileRead", "Report"]

MOST_NAMED: Final = 60
AT_ONCE: Final = 4
"""Months that fit beside each other in a terminal."""
AS_OF: Final = Text("ณ", "as of")
LEFT_OUT: Final = Text("แถวที่ไม่นับ", "rows left out of every figure")
TO_CHECK: Final = Text("ข้อสังเกต", "cells to check, their rows are counted")
COUNTED: Final = Text(
    "รายการที่นับ / รายการที่รู้ผลแล้ว +รายการที่ยังไม่รู้ผล", "records counted / all of which it is known +those still open"
)


@runtime_checkable
class FileRead(Protocol):
    """What a reader says of a file."""

    @property
    def rows(self) -> int:
        """How many rows it has below its headings, blank ones aside."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What keeps rows out of every figure."""

    @property
    def notes(self) -> tuple[Fault, ...]:
        """Cells that are amiss in rows that are counted all the same."""


def _listed(given: Iterable[Any]) -> tuple[Any, ...]:
    """Several things; one text is not several letters."""
    if isinstance(given, str):
        raise TypeError(f"{given!r} is one; give several, such as [{given!r}]")
    expect(given, Iterable, "list", "some, such as [...]")
    return tuple(given)


def _each(kind: type, example: str) -> Callable[[object, object, Any], None]:
    def see(_: object, attribute: object, given: Any) -> None:  # noqa: ANN401, ARG001 - attrs' signature
        for one in given:
            expect(one, kind, kind.__name__, example)

    return see


BY_NAME: Final = ("mapping by name", 'some, such as {"letters.csv": read}')


@frozen(kw_only=True)
class Report:
    """What a report on a plan is made of, ready to be shown (`page`, `terminal`) or kept (`figures`).

    >>> from docflow.bangkok import PLAN_2563, office_clock, year_end
    >>> from docflow.report import ENGLISH
    >>> report = Report(result=PLAN_2563.evaluate({}, as_of=year_end(office_clock())), voice=ENGLISH)
    >>> report.figures()["plan"]["window"], [section.title.en for section in report.sections()][1:]
    (['2019-10-01', '2020-09-30'], ['Results by indicator', 'How each result comes about'])

    Raises `PlanError` when an indicator is to be `detailed` that the plan does not have, and `TypeError` for what is
    no such thing.
    """

    result: PlanResult = field(validator=of_kind(PlanResult, "result of a plan", "one, such as plan.evaluate(...)"))
    work: tuple[WorkDone, ...] = field(default=(), converter=_listed, validator=_each(WorkDone, "WorkDone.of(...)"))
    files: Mapping[str, FileRead] = field(factory=dict, validator=of_kind(Mapping, *BY_NAME))
    missing: tuple[str, ...] = field(default=(), converter=_listed)
    """Files that were looked for and are not there."""
    months: Mapping[str, PlanResult] = field(factory=dict, validator=of_kind(Mapping, *BY_NAME))
    """The plan as things stood at the end of each month; none unless they were asked for."""
    detailed: tuple[str, ...] = field(default=(), converter=_listed)
    """The numbers of the indicators that are shown in detail."""
    more: tuple[Section, ...] = field(default=(), converter=_listed, validator=_each(Section, "Section(title, blocks)"))
    """What an office shows beside."""
    voice: Voice = field(default=ENGLISH, validator=of_kind(Voice, "voice", "ENGLISH, BILINGUAL, or Voice((...))"))
    rest: str = ""
    """Where the rest stands of a list that is cut short, such as "--json lists all"; nothing when nobody wrote it."""

    def __attrs_post_init__(self) -> None:
        for number in self.detailed:
            self.result.plan[number]
        for read in self.files.values():
            expect(read, FileRead, "file that was read", "what a reader gives, such as read_register(...)")
        numbers = [one.number for one in self.result.plan]
        for month, result in self.months.items():
            expect(result, PlanResult, "result of a plan", "one, such as plan.months(...) has")
            if [one.number for one in result.plan] != numbers:
                raise PlanError(month, f"has the result of another plan, {result.plan.title.en}; give plan.months(...)")

    def figures(self) -> dict[str, Any]:
        """Every figure as plain data for JSON, its words in the languages of the voice."""
        plan, languages = self.result.plan, self.voice.languages
        found = {
            "plan": {
                "title": text_figures(plan.title, languages),
                "window": day_figures(plan.year),
                "as_of": self.result.as_of.isoformat(),
                **({} if self.result.known_at is None else {"known_at": self.result.known_at.isoformat()}),
                "provisional": list(self.result.provisional),
            },
            "indicators": {one.indicator.number: outcome_figures(one, languages=languages) for one in self.result},
            "work_plans": {one.plan.number: one.figures(languages) for one in self.work},
            "record_rows": {file: read.rows for file, read in self.files.items()},
            "record_faults": {
                file: [fault_figures(one) for one in read.faults] for file, read in self.files.items() if read.faults
            },
            "record_notes": {
                file: [fault_figures(one) for one in read.notes] for file, read in self.files.items() if read.notes
            },
            "missing_files": list(self.missing),
        }
        if self.months:
            found["monthly"] = {
                month: {one.indicator.number: outcome_figures(one, whole=False) for one in result.all()}
                for month, result in self.months.items()
            }
        return found

    def sections(self) -> Iterator[Section]:
        """All of it in the order in which it is shown."""
        plan, as_of = self.result.plan, self.voice.moment(self.result.as_of)
        window = self.voice.days(plan.year)
        yield Section(
            plan.title,
            (
                Line(f"{window} · {self.voice.say(AS_OF)} {as_of}", "soft"),
                *(Line(_both("! ", unsure(year)), "warning") for year in self.result.provisional),
                *(Line(_missing(file), "warning") for file in self.missing),
            ),
        )
        yield Section(Text("ผลการดำเนินงานตามตัวชี้วัด", "Results by indicator"), (self._outcomes(),))
        explained = tuple(self._explanation(one) for one in self.result)
        yield Section(Text("สูตรและที่มาของผล", "How each result comes about"), explained, on="page")
        if self.months:
            yield Section(Text("ผลสะสมรายเดือน", "As things stood at each month's end"), tuple(self._monthly()))
        if self.work:
            title = Text("ความก้าวหน้าของแผนปฏิบัติงาน (ร้อยละของทั้งแผน)", "Progress of the work plans (percent of the whole)")
            yield Section(title, (schedule(self.work), *(work_by_month(one, self.voice) for one in self.work)))
        yield from (detail(self.result[each], self.voice) for each in self.detailed)
        yield from self.more
        for file, read in self.files.items():
            grids = (
                faults_grid(LEFT_OUT, read.faults, rest=self.rest),
                faults_grid(TO_CHECK, read.notes, rest=self.rest),
            )
            blocks = tuple(grid for grid in grids if grid.rows)
            if blocks:
                yield Section(file, blocks)

    def _outcomes(self) -> Grid:
        columns = (
            Column(Text("ที่", "no.")),
            Column(Text("ตัวชี้วัด", "indicator"), words=True),
            Column(Text("ผล", "result")),
            Column(Text("เป้าหมาย", "target")),
            Column(""),
            Column(Text("รายการ", "records"), on="terminal"),
            *(Column(words, on="page") for words in BINS.values()),
        )
        rows = [self._row(one, part=one is not whole) for whole in self.result for one in whole]
        return Grid(columns, tuple(rows), note=COUNTED, note_on="terminal")

    def _row(self, outcome: Outcome, *, part: bool) -> Row:
        result, title = outcome.result, outcome.indicator.title
        bins = [0] * len(BINS) if result is None else [len(some) for some in outcome.bins.values()]
        cells = (
            outcome.indicator.number,
            title,
            amount(outcome, self.voice),
            goal(outcome.target),
            outcome.met if outcome.target is not None else "",
            "" if result is None else _counted(result),
            *(f"{n:,}" if n else "" for n in bins),
        )
        return Row(cells, "part" if part else "whole")

    def _explanation(self, outcome: Outcome) -> Details:
        indicator = outcome.indicator
        title = indicator.title.said(self.voice.languages[0])
        source = " · ".join(filter(None, (indicator.source, indicator.owner)))
        said = Text(outcome.explain("th"), outcome.explain("en"))
        named = tuple(line for one in outcome for line in self._named(one))
        return Details(
            f"{indicator.number} {title}: {amount(outcome, self.voice)}",
            (*((text(source),) if source else ()), said, *named),
        )

    def _named(self, outcome: Outcome) -> Iterator[Text]:
        """The records that did not count, and those on which the readings disagree, by number."""
        for each in (Bin.LATE, Bin.MISSED, Bin.RUNNING, Bin.UNFINISHED):
            numbers = [] if outcome.result is None else [one.record.number for one in outcome.result.bins[each]]
            yield from self._listed(outcome, BINS[each], numbers)
        changed = [record.number for record, _ in outcome.disputed]
        yield from self._listed(outcome, Text("ผลต่างกันตามวิธีนับ", "depends on the reading"), changed)

    def _listed(self, outcome: Outcome, words: Text, numbers: list[str]) -> Iterator[Text]:
        where = f" ({self.rest})" if self.rest else ""
        more = f" … {len(numbers) - MOST_NAMED:,} more{where}" if len(numbers) > MOST_NAMED else ""
        if numbers:
            said = f"{outcome.indicator.number} {self.voice.say(words)}: {', '.join(numbers[:MOST_NAMED])}{more}"
            yield Text(said, said)

    def _monthly(self) -> Iterator[Grid]:
        """All months for a page; some at a time for a terminal."""
        names = list(self.months)
        yield self._months(names, on="page")
        for at in range(0, len(names), AT_ONCE):
            yield self._months(names[at : at + AT_ONCE], on="terminal")

    def _in_month(self, outcome: Outcome) -> str:
        mark = "" if outcome.target is None else f" {MARKS[outcome.met]}"
        return "–" if outcome.value is None else f"{bare(outcome)}{mark}"

    def _months(self, names: list[str], on: Any) -> Grid:  # noqa: ANN401 - a place
        columns = (Column(Text("ที่", "no.")), *(Column(self.voice.month(month)) for month in names))
        rows = []
        for outcomes in zip(*(self.months[month].all() for month in names), strict=True):
            cells = (self._in_month(one) for one in outcomes)
            rows.append(Row((outcomes[0].indicator.number, *cells)))
        return Grid(columns, tuple(rows), on=on)


def _counted(result: Result) -> str:
    """How many records were counted, of how many it is known whether they count, and how many are still open."""
    share, still = result.share, result.in_scope - result.share.total
    known = f"/{share.total:,}" if share.total != share.hits or isinstance(result.measure, Proportion) else ""
    return f"{share.hits:,}{known}{f' +{still:,}' if still else ''}"


def _both(before: str, words: Text) -> Text:
    return Text(f"{before}{words.th}", f"{before}{words.en}")


def _missing(file: str) -> Text:
    return Text(f"! ไม่มีแฟ้ม {file}: ตัวชี้วัดที่ใช้แฟ้มนี้ไม่มีข้อมูล", f"! no file {file}: its indicators have no records")
