"""The report on any plan: its outcomes, its work plans and the faults of files, as figures and as sections to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from docflow.errors import PlanError
from docflow.kpi import PlanResult
from docflow.kpi.explanation import unsure
from docflow.report.arrivals import arrivals, first_moments
from docflow.report.blocks import Column, Grid, Line, Row, Section
from docflow.report.details import indicator, reported
from docflow.report.figures import BOTH, day_figures, fault_figures, outcome_figures, text_figures
from docflow.report.glance import all_of_them, glance
from docflow.report.one_record import one_record, telling
from docflow.report.quality import FileRead, quality
from docflow.report.seen import Seen
from docflow.report.words import MARKS, bare, both, month_words
from docflow.report.work import WorkDone, work_plans
from docflow.text import NO_WORDS, Text, expect, of_kind, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from docflow.kpi import Outcome
    from docflow.text import Language

__all__ = ["Report"]


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


@frozen(kw_only=True, slots=False)
class Report:
    """The report on a plan, for `page`, `workbook`, `terminal`, `markdown`, `write_pictures` and its own `figures`.

    >>> from docflow.report import Report
    >>> from docflow.bangkok import PLAN_2563, office_clock, year_end
    >>> report = Report(result=PLAN_2563.evaluate({}, as_of=year_end(office_clock())))
    >>> report.figures()["plan"]["window"], [section.title.en for section in report.sections()][1]
    (['2019-10-01', '2020-09-30'], '0 of 10 indicators with a target are met (10 with no value yet)')

    Raises `PlanError` for months of another plan, and `TypeError` for an argument of another kind.
    """

    result: PlanResult = field(validator=of_kind(PlanResult, "result of a plan", "one, such as plan.evaluate(...)"))
    """What `plan.evaluate(...)` gives."""
    work: tuple[WorkDone, ...] = field(default=(), converter=_listed, validator=_each(WorkDone, "WorkDone.of(...)"))
    """Work plans, and how far they have come."""
    files: Mapping[str, FileRead] = field(factory=dict, validator=of_kind(Mapping, *BY_NAME))
    """By its name, each file that was read, so that its faults are listed."""
    missing: tuple[str, ...] = field(default=(), converter=_listed)
    """Files that were looked for and are not there."""
    months: Mapping[str, PlanResult] = field(factory=dict, validator=of_kind(Mapping, *BY_NAME))
    """The plan as things stood at the end of each month, as `plan.months(...)` gives it."""
    more: tuple[Section, ...] = field(default=(), converter=_listed, validator=_each(Section, "Section(title, blocks)"))
    """Sections of your own."""
    office: Text = field(default=NO_WORDS, converter=text)
    """Whose report it is."""
    sample: bool = False
    """Whether its records are made up, which the heading then says."""
    rest: str = ""
    """Where the rest stands of a list of faults that is cut short, such as "--json lists all"."""

    def __attrs_post_init__(self) -> None:
        for read in self.files.values():
            expect(read, FileRead, "file that was read", "what a reader gives, such as read_register(...)")
        numbers = [one.number for one in self.result.plan]
        for month, result in self.months.items():
            expect(result, PlanResult, "result of a plan", "one, such as plan.months(...) has")
            if [one.number for one in result.plan] != numbers:
                raise PlanError(month, f"has the result of another plan, {result.plan.title.en}; give plan.months(...)")

    def figures(self, languages: Sequence[Language] = BOTH) -> dict[str, Any]:
        """Every figure as plain data for JSON, its words in some languages.

        Values are exact fractions with a float beside; moments and days are ISO 8601.
        """
        plan = self.result.plan
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

    @property
    def heading(self) -> Section:
        """The plan, the days that it covers, and the moment as of which it is told."""
        result, plan = self.result, self.result.plan
        lines = [
            both(
                lambda voice: (
                    f"{voice.days(plan.year)} · ข้อมูล ณ {voice.moment(result.as_of)}"
                    if voice.thai
                    else f"{voice.days(plan.year)} · as of {voice.moment(result.as_of)}"
                )
            )
        ]
        if self.sample:
            lines.append(Text("ข้อมูลตัวอย่างที่แต่งขึ้น", "made-up sample data"))
        said = Line(Text(" · ".join(one.th for one in lines), " · ".join(one.en for one in lines)), "soft")
        known = [] if result.known_at is None else [self._known()]
        warnings = (Line(_both("! ", unsure(year)), "warning") for year in result.provisional)
        return Section(plan.title, (said, *known, *warnings), kicker=self.office)

    def _known(self) -> Line:
        at = self.result.known_at
        assert at is not None  # noqa: S101 - asked only then
        return Line(
            both(lambda voice: f"{'ตามที่บันทึกไว้ ณ' if voice.thai else 'as recorded by'} {voice.moment(at)}"), "soft"
        )

    def sections(self) -> Iterator[Section]:
        """All sections in the order in which they are shown: the answer first, the quality of the data last."""
        wholes = [self._seen[one.indicator.number] for one in self.result]
        yield self.heading
        files = {file: (read.rows, read.faults) for file, read in self.files.items()}
        first = glance(self._seen, wholes, files)
        yield Section(
            first.title,
            (*first.blocks, all_of_them(wholes, self._seen)),
            anchor=first.anchor,
            short=first.short,
        )
        yield from (indicator(one) for one in self._seen.values() if not one.reported)
        others = [one for one in self._seen.values() if one.reported]
        if others:
            yield reported(others)
        if self.months:
            yield Section(
                Text("ผลสะสม ณ สิ้นแต่ละเดือน", "As things stood at each month's end"), (self._monthly(),), anchor="months"
            )
        if self.work:
            yield work_plans(self.work)
        yield from filter(None, (self._arrivals(), self._one_record()))
        yield from self.more
        last = quality(self.files, self.missing, self.rest)
        if last is not None:
            yield last

    @cached_property
    def _seen(self) -> Mapping[str, Seen]:
        wholes = [Seen(one) for one in self.result]
        return {one.number: one for whole in wholes for one in whole}

    def _arrivals(self) -> Section | None:
        """When records came; of several kinds, such as letters and requests, those of which there are most."""
        of: dict[str, Outcome] = {}
        for one in self.result.all():
            if one.result is not None and one.result.measure.clocked:
                of.setdefault(one.indicator.of, one)
        if not of:
            return None
        most = max(of.values(), key=lambda one: 0 if one.result is None else len(one.result.observations))
        records = () if most.result is None else most.result.observations.records
        once = {id(record): record for record in records}  # a record may be measured several times
        return arrivals(first_moments(list(once.values())), self.result.clock)

    def _one_record(self) -> Section | None:
        found = telling(self._seen.values())
        return None if found is None else one_record(*found)

    def _monthly(self) -> Grid:
        """Every indicator as it stood when each month was over."""
        columns = (
            Column(Text("ตัวชี้วัด", "indicator")),
            *(Column(month_words(month)) for month in self.months),
        )
        months = zip(*(result.all() for result in self.months.values()), strict=True)
        rows = (Row((outcomes[0].indicator.number, *map(_in_month, outcomes))) for outcomes in months)
        return Grid(columns, tuple(rows))


def _in_month(outcome: Outcome) -> str:
    mark = "" if outcome.target is None else f" {MARKS[outcome.met]}"
    return "–" if outcome.value is None else f"{bare(outcome)}{mark}"


def _both(before: str, words: Text) -> Text:
    return Text(f"{before}{words.th}", f"{before}{words.en}")
