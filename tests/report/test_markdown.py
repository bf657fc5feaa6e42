"""The report as Markdown: CommonMark shows every text of it as it stands."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from small_report import HOSTILE, file_with_faults, report

from docflow.bangkok import PLAN_2563, year_end
from docflow.report import Report
from docflow.report.markdown import escaped, markdown
from docflow.report.words import ENGLISH, THAI
from docflow.safe import visible

READERS = [MarkdownIt("commonmark", {"html": html}).enable(["table", "strikethrough"]) for html in (True, False)]
TAGS = {
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "ul",
    "li",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "br",
    "strong",
}
MARKS = "#-+=1.)>|<`*_[]()!~&;:\\/ \"'aBก็ำ@$w{}^%?,\t"
PIECES = (
    "http://x.y",
    "www.x.y",
    "<script>",
    "&amp;",
    "&#60;",
    "![a](b)",
    "[x]: y",
    "***",
    "---",
    "1. ",
    "```",
    "<!--",
)
TEXTS = st.lists(st.sampled_from([*MARKS, *PIECES]), max_size=9).map("".join).filter(str.strip)


class Shown(HTMLParser):
    """What a reader sees of HTML: the tags, and the texts."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts = set(), []
        self.feed(html)

    def handle_starttag(self, tag, _):
        self.tags.add(tag)

    def handle_data(self, data):
        self.texts.append(data)


def blanks_are_one(text):
    return " ".join(text.split())


BEGINNINGS = (
    *("- a", "+ a", "* a", "-", "+", "1. a", "1) a", "123456789. a", "# a", "###### a", "> a", "| a | b |", "    a"),
    *("---", "- - -", "===", "___", "***", "```", "~~~", "<!-- a", "[a]: b", "<b>", "&copy; a", "_a_ __b__"),
    *("a  ", "a\\", "# a #"),
)


@pytest.mark.parametrize("text", BEGINNINGS)
def test_what_begins_something_in_markdown_begins_nothing(text):
    test_a_line_shows_as_it_stands_wherever_it_begins.hypothesis.inner_test(text)


@given(TEXTS)
def test_a_line_shows_as_it_stands_wherever_it_begins(text):
    for reader in READERS:
        for before in ("", "- ", "> ", "before\\\n"):
            found = Shown(reader.render(f"{before}{escaped(text)}"))
            seen = blanks_are_one("".join(found.texts)).removeprefix("before").strip()
            assert seen == blanks_are_one(text)
            assert found.tags <= {"p", "ul", "li", "blockquote", "br"}


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("word", HOSTILE)
def test_a_hostile_text_changes_nothing_but_its_own_words(word, whole):
    calm = Shown(READERS[0].render(markdown(report("quiet"), ENGLISH, whole=whole)))
    for reader in READERS:
        found = Shown(reader.render(markdown(report(word), ENGLISH, whole=whole)))
        assert found.tags <= TAGS
        seen = blanks_are_one("\n".join(found.texts))
        wanted = "\n".join(calm.texts).replace("quiet", "\n".join(map(visible, word.split("\n"))))
        assert seen == blanks_are_one(wanted)


def test_the_summary_is_a_heading_facts_as_a_list_warnings_as_quotations_and_one_table():
    assert markdown(report(**{"a.csv": file_with_faults(2)}), ENGLISH) == (
        "# our plan\n\ntwo of three are met\n\n- **indicator 1.5** English quiet\n\n> ! a file is missing\n\n"
        "## Indicators\n\n"
        "| no. | indicator | result | verdict |\n| --- | --- | ---: | --- |\n| Strategy |  |  |  |\n"
        "| 1.5 | Success in developing personnel | 14.37 min | ✕ not met |\n"
        "| 1.5 a | English quiet | 14.37 min | ✕ not met |\n| all |  | 14.37 min | ✕ not met |\n\na note\n\n"
        "> ! rows left out: 1, cells to check: 1, files: 1\n"
    )


def test_all_of_it_has_the_details_too():
    told = markdown(report(), THAI, whole=True)
    assert "## ตัวชี้วัด 1.5 – รายละเอียด" in told
    assert "17 / 4 = 4.25 ≤ 12: ✓ บรรลุ" in told
    assert "นับ 1,234 · ล่าช้า 5" in told
    assert "| 2019-11 | 19.79 |" in told
    assert "detail" not in told


def test_a_voice_may_be_given_by_its_language():
    assert markdown(report(), "en") == markdown(report(), ENGLISH)
    assert markdown(report(), "th") == markdown(report(), THAI)
    for wrong in ("fr", None, 1):
        with pytest.raises(TypeError, match=r'is no language; give "th" or "en"'):
            markdown(report(), wrong)


def test_a_formula_without_a_value_says_that_alone():
    told = markdown(
        Report(result=PLAN_2563.evaluate({}, as_of=year_end(PLAN_2563.clock, PLAN_2563.year))), "en", whole=True
    )
    assert "\nno value yet\n" in told
    assert ": –" not in told
    assert "records: counted / of which it is known +still open" in told
