"""A page: one file that needs nothing else, in one language at a time, for any plan."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from hostile import HOSTILE, hostile_report
from small_indicators import MEAN, NOON, OPEN, QUICK, RATE, SLOW, TIMES, WATCH, composite, indicator, plan
from small_office import trace

from docflow.report import Report, page
from docflow.safe import visible
from docflow.text import Text
from docflow.worktime import WorkingDays

WAYS = WATCH.under({"three": WorkingDays(3), "thirty": WorkingDays(30)})
VOID = {"meta", "link", "input", "img", "br"}
LEFT_OPEN = {"td", "th", "tr"}


class Read(HTMLParser):
    """What a browser would make of a page: tags with what they are given, and the words in each language."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.words, self.stack, self.style = [], {"th": [], "en": []}, [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append((tag, dict(attrs).get("lang")))

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if any(tag == "style" for tag, _ in self.stack):
            self.style += data
            return
        language = next((lang for _, lang in reversed(self.stack) if lang), None)
        if language:
            self.words[language].append(data)

    def given(self, name):
        return [given[name] for _, given in self.tags if name in given]


def report(*indicators, records=(QUICK, SLOW, OPEN), **more):
    made = indicators or (composite("AB", RATE, MEAN), TIMES, indicator("R", WAYS["three"], alternatives=WAYS))
    return Report(result=plan(*made).evaluate({"letters": records}, as_of=NOON), **more)


@pytest.fixture(scope="module")
def whole():
    return page(report())


def test_it_asks_for_nothing_from_elsewhere_and_runs_no_script(whole):
    read = Read(whole)
    assert not {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert not [name for _, given in read.tags for name in given if name.startswith("on") or name == "src"]
    assert all(href.startswith("#") for href in read.given("href"))
    assert "@import" not in read.style
    assert all(
        where.startswith(("data:font/woff2;base64,", "#hatch")) for where in re.findall(r"url\(([^)]*)", read.style)
    )
    assert not re.search(r"https?:", re.sub(r"base64,[^)]*", "", whole))


def test_every_link_leads_somewhere_and_no_place_has_two_names(whole):
    read = Read(whole)
    ids = Counter(read.given("id"))
    assert not [name for name, n in ids.items() if n > 1 and name != "hatch"]
    assert {href.removeprefix("#") for href in read.given("href")} <= set(ids)


def test_each_edition_speaks_its_language_alone():
    plain = [indicator("A", RATE.measure, formula=Text("ทันเวลา", "in time")), TIMES]
    words = Read(page(report(*plain))).words
    assert not re.search(r"[ก-๛]", "".join(words["en"]).replace("ไทย", ""))
    assert "บรรลุ" in "".join(words["th"])
    assert not re.search(r"\b(met|target|records|month)\b", "".join(words["th"]))


def test_the_first_language_is_shown_first_and_one_alone_needs_no_switch():
    assert page(report()).splitlines()[1] == '<html lang="th">'
    one = Read(page(report(), ["en"]))
    assert one.given("lang").count("en") == len(one.given("lang"))
    assert not [tag for tag, _ in one.tags if tag == "input"]
    both = Read(page(report(), ["en", "th"]))
    checked = [given["id"] for tag, given in both.tags if tag == "input" and "checked" in given]
    assert checked == ["language-en"]


def test_thai_digits_are_for_the_thai_edition():
    read = Read(page(report(), digits="thai"))
    assert not re.search(r"[0-9]", "".join(read.words["th"]).replace("\n", ""))
    assert not re.search(r"[๐-๙]", "".join(read.words["en"]))


@pytest.mark.parametrize("languages", ["th", (), ("th", "fr"), None])
def test_what_is_no_language_is_refused(languages):
    with pytest.raises(TypeError, match="language"):
        page(report(), languages)


def test_every_picture_has_a_finding_and_its_numbers_below(whole):
    read = Read(whole)
    figures = sum(tag == "figure" for tag, _ in read.tags)
    assert figures == 4, "the readings and one record, in each edition; of few records nothing else is drawn"
    assert whole.count("<figcaption><h3>") == figures
    assert (
        len(re.findall(r"<details><summary>(?:ตัวเลขของภาพนี้|The numbers in this picture)</summary>", whole)) == figures
    )


def test_a_verdict_is_a_word_and_a_shape(whole):
    assert '<use href="#miss"/></svg> ไม่บรรลุ</span>' in whole
    assert '<use href="#none"/></svg> no target</span>' in whole


def test_the_same_report_is_the_same_page():
    assert page(report()) == page(report())


def test_hostile_texts_change_nothing_and_are_all_read():
    text = page(hostile_report())
    read = Read(text)
    assert not {tag for tag, _ in read.tags} & {"script", "b-", "img", "iframe"}
    assert not [name for _, given in read.tags for name in given if name.startswith("on")]
    for one in HOSTILE.values():
        assert any(visible(one) in "".join(read.words[each]) for each in ("th", "en"))


def test_what_a_record_is_called_stays_a_text():
    evil = '<script>alert("1")</script>&amp;'
    late = trace(evil, ("came", "01-06 09:00"), ("went", "01-20 09:00"))
    read = Read(page(report(RATE, records=[late])))
    assert evil in "".join(read.words["th"])
    assert "script" not in {tag for tag, _ in read.tags}
