"""A small report with every kind of block, whose texts may be hostile."""

from types import SimpleNamespace

from docflow.files import Fault, RegisterFile
from docflow.kpi import Bin
from docflow.report.blocks import (
    Bins,
    Column,
    Fold,
    Formula,
    Grid,
    Line,
    Picture,
    Row,
    Section,
    Tile,
    Tiles,
    Verdict,
)
from docflow.report.drawings import Distance, Histogram, Spark
from docflow.text import Text

HOSTILE = (
    "[bold]x[/bold]",
    "<script>alert(1)</script>",
    "=cmd|'/c calc'!A1",
    "a|b",
    "`code` *bold* _it_ ~~no~~ ![x](http://x.y/z) <http://x.y> [x](y) &amp; &#60; $x$",
    "\x1b[2J\x1b]0;owned\x07",
    "\u202eright to left\u2066",
    "ก" * 5000,
    "1. one",
    "- one",
    "# one",
    "> one",
    "---",
    "===",
    "    four blanks",
    "two\nlines",
    "back\\slash\\",
)
TITLES = Text("ความสำเร็จในการพัฒนาบุคลากรตามหลักสมรรถนะมุ่งสู่ความเป็นมืออาชีพ", "Success in developing personnel")
NOTHING = Histogram(width=1, counts=(), beyond=(), marks=())
COLUMNS = (
    Column(Text("ที่", "no.")),
    Column(Text("ตัวชี้วัด", "indicator"), words=True),
    Column(Text("ผล", "result")),
    Column(Text("ผลการตัดสิน", "verdict")),
    Column(Text("รายเดือน", "by month")),
    Column(Text("ระยะจากเป้า", "distance")),
    Column(Text("นับ", "counted on a page"), on="page"),
)


def sections(word="quiet"):
    said = Text(f"ไทย {word}", f"English {word}")
    row = ("14.37 min", Verdict(met=False), Spark((1, None), None, said), Distance(1, None, 0, 2), "2,129")
    rows = (
        Row((Text("ยุทธศาสตร์", "Strategy"),), "group"),
        Row(("1.5", TITLES, *row), "whole", "anchor"),
        Row(("1.5 a", said, *row), "part"),
        Row((Text("รวม", "all"), "", *row), "total"),
    )
    numbers = Grid((Column(Text("เดือน", "month")), Column(Text("ค่าเฉลี่ย", "mean"))), (Row(("2019-11", "19.79")),))
    yield Section(
        Text("แผน", "our plan"),
        (
            Line(Text("สองในสาม", "two of three are met")),
            Line(said, "fact", lead=Text("ตัวชี้วัด 1.5", "indicator 1.5")),
            Line(Text("! ขาดแฟ้ม", "! a file is missing"), "warning"),
            Tiles((Tile("1.5", Text("แผ่น", "a tile"), Verdict(met=True), "x"),)),
        ),
    )
    yield Section(Text("ตัวชี้วัด", "Indicators"), (Grid(COLUMNS, rows, note=Text("หมายเหตุ", "a note"), wide=True),))
    yield Section(
        Text("รายละเอียด", "In detail"),
        (
            Formula(
                Text("ก / ข", "a / b"),
                Text("17", "17"),
                Text("4", "4"),
                Text("4.25", "4.25"),
                "≤ 12",
                Verdict(met=True),
            ),
            Bins(((Bin.COUNTED, 1234), (Bin.LATE, 5), (Bin.MISSED, 0))),
            Picture("p", Text("ช้าในเดือนพฤศจิกายน", "slow in November"), Text("นาที", "minutes"), NOTHING, numbers),
            Fold(Text("วิธีนับ", "readings"), (Line(said),)),
        ),
        kicker=Text("ตัวชี้วัด 1.5", "Indicator 1.5"),
    )


def report(word="quiet", missing=(), **files):
    return SimpleNamespace(sections=lambda: sections(word), files=files, missing=missing)


def file_with_faults(*rows):
    faults = tuple(Fault(row, "Received", "unreadable", "is no day", "x") for row in rows)
    return RegisterFile(cases=(), faults=faults, notes=faults[:1], rows=9)
