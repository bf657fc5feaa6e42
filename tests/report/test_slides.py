"""The pictures of a report as files: each as SVG and PNG, with the font, under names that every system can keep."""

import struct
from xml.etree.ElementTree import fromstring

import pytest
from hostile import hostile_report
from small_indicators import NOON, OPEN, QUICK, SLOW, WATCH, indicator, plan

from docflow.errors import FileError
from docflow.report import Report
from docflow.report.slides import SCALE, write_pictures
from docflow.worktime import WorkingDays

WAYS = WATCH.under({"three": WorkingDays(3), "thirty": WorkingDays(30)})
SPACE = "{http://www.w3.org/2000/svg}"


def report():
    made = plan(indicator("1.1 ก/ข", WAYS["three"], alternatives=WAYS))
    return Report(result=made.evaluate({"letters": [QUICK, SLOW, OPEN]}, as_of=NOON))


def test_each_picture_is_a_file_of_each_kind(tmp_path):
    written = write_pictures(report(), tmp_path / "new" / "pictures")
    assert [path.name for path in written] == [
        "1.1-ก-ข-readings.svg",
        "1.1-ก-ข-readings.png",
        "one-record.svg",
        "one-record.png",
    ]
    assert all(path.is_file() for path in written)


def test_a_file_stands_by_itself(tmp_path):
    svg, png = write_pictures(report(), tmp_path)[:2]
    drawn = fromstring(svg.read_text(encoding="utf-8"))  # noqa: S314 - our own
    assert drawn.findtext(f"{SPACE}title") == "2 วิธีนับให้ผลต่างกันถึง 50 จุดร้อยละ"
    style = drawn.findtext(f"{SPACE}style")
    assert "var(" not in style
    assert style.startswith('@font-face{font-family:"Report Sarabun";font-weight:400;src:url(data:font/woff2;base64,')
    width, height = struct.unpack(">II", png.read_bytes()[16:24])
    assert (width, height) == (round(float(drawn.get("width")) * SCALE), round(float(drawn.get("height")) * SCALE))


def test_the_same_report_is_the_same_files(tmp_path):
    one, other = (write_pictures(report(), tmp_path / name) for name in ("one", "other"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


def test_one_kind_and_one_language_can_be_asked_for(tmp_path):
    (path, *_) = write_pictures(report(), tmp_path, language="en", kinds=["svg"])
    assert "The 2 ways to count differ by up to 50 percentage points" in path.read_text(encoding="utf-8")
    assert not list(tmp_path.glob("*.png"))


def test_hostile_texts_leave_neither_the_folder_nor_the_text(tmp_path):
    written = write_pictures(hostile_report(), tmp_path / "pictures", kinds=["svg"])
    assert {path.parent for path in written} == {tmp_path / "pictures"}
    for path in written:
        tags = {each.tag.removeprefix(SPACE) for each in fromstring(path.read_text(encoding="utf-8")).iter()}  # noqa: S314
        assert not tags & {"script", "foreignObject", "image", "a"}


def test_what_cannot_be_written_says_where(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FileError, match="file"):
        write_pictures(report(), tmp_path / "file")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"kinds": "svg"}, "no kinds"), ({"kinds": ["gif"]}, "no kinds"), ({"language": "fr"}, "no language")],
)
def test_what_is_no_kind_or_language_is_refused(tmp_path, wrong, said):
    with pytest.raises(TypeError, match=said):
        write_pictures(report(), tmp_path, **wrong)
