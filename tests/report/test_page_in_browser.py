"""The page of the sample year as a reader meets it: on a telephone and on paper, in the dark, by keyboard, unseen."""

from itertools import product

import contrast
import pytest
from browser import LANGUAGES, SCHEMES, SHEET, WIDTHS, Window, nothing, strayed
from hostile import HOSTILE, hostile_report
from scripts import sample_year
from small_indicators import WATCH, indicator, plan
from small_office import at, trace

from docflow.kpi import at_least, at_most
from docflow.report import Report, page
from docflow.safe import visible
from docflow.worktime import WorkingDays

pytestmark = pytest.mark.scripts
SIZES = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
ENDS = pytest.mark.parametrize("width", [WIDTHS["telephone"], WIDTHS["desk"]])
IN_SCHEMES = pytest.mark.parametrize("scheme", SCHEMES)
IN_LANGUAGES = pytest.mark.parametrize("language", LANGUAGES)
SPELLED = {"th": "ตัวชี้วัด", "en": "indicator"}
MARKS = {  # the colours of marks that say something, and those on which they lie
    "met": ("ground", "panel", "met-ground"),
    "miss": ("ground", "panel", "miss-ground"),
    "series": ("ground", "panel"),
    "soft": ("ground", "panel"),
    "ink": ("ground", "panel", "zone", "band"),
}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """The sample year's page, as the script writes it."""
    written = tmp_path_factory.mktemp("year") / "report.html"
    written.write_text(sample_year()[-1], encoding="utf-8")
    return written


@pytest.fixture(scope="module")
def report(browser, file):
    window = Window(browser, file)
    yield window
    window.close()


@pytest.fixture(scope="module")
def hostile(browser, tmp_path_factory):
    written = tmp_path_factory.mktemp("hostile") / "report.html"
    written.write_text(page(hostile_report(), languages=LANGUAGES), encoding="utf-8")
    window = Window(browser, written)
    yield window
    window.close()


class TestOnAScreen:
    @SIZES
    @IN_SCHEMES
    @IN_LANGUAGES
    def test_nothing_is_wider_than_the_window_and_nothing_is_cut_off(self, report, width, scheme, language):
        with report.show(width, scheme, language).kept(f"fits {width} {scheme} {language}"):
            nothing(report.ask("overflowing"))
            nothing(report.ask("clipped"))

    @ENDS
    @IN_SCHEMES
    @IN_LANGUAGES
    def test_axe_finds_no_barrier(self, report, width, scheme, language):
        with report.show(width, scheme, language).kept(f"axe {width} {scheme} {language}"):
            nothing(report.barriers(colours=width == WIDTHS["desk"]))

    @ENDS
    @IN_SCHEMES
    @IN_LANGUAGES
    def test_every_text_stands_out_from_what_is_below_it(self, report, width, scheme, language):
        with report.show(width, scheme, language).kept(f"contrast {width} {scheme} {language}"):
            nothing(report.faint())

    @IN_SCHEMES
    def test_every_mark_stands_out_from_what_is_below_it(self, report, scheme):
        colours = report.show(WIDTHS["desk"], scheme).ask("palette")
        named = {*MARKS, *(below for belows in MARKS.values() for below in belows)}
        assert named <= colours.keys(), "these custom properties are the page's colours"
        solid = {name: contrast.seen([contrast.colour(said)]) for name, said in colours.items()}
        pairs = [(mark, below) for mark, belows in MARKS.items() for below in belows]
        found = {pair: contrast.ratio(*(solid[one] for one in pair)) for pair in pairs}
        assert {pair: ratio for pair, ratio in found.items() if ratio < contrast.MARK} == {}

    @IN_SCHEMES
    def test_a_scheme_changes_the_paper_as_well_as_the_ink(self, report, scheme):
        colours = report.show(WIDTHS["desk"], scheme).ask("palette")
        light = {name: sum(contrast.colour(colours[name])[0]) for name in ("ground", "ink")}
        assert (light["ground"] > light["ink"]) is (scheme == "light")

    def test_it_asks_for_nothing_and_says_nothing_in_the_console(self, report):
        for width, scheme, language in product(WIDTHS.values(), SCHEMES, LANGUAGES):
            report.show(width, scheme, language)
        assert report.requests[:1] == [report.address]
        nothing(report.elsewhere())


class TestLanguages:
    def test_thai_is_shown_until_somebody_chooses_english_and_no_script_is_needed(self, browser, file):
        window = Window(browser, file, scripts=False)
        with window.kept("without script"):
            first = window.page.locator("body").inner_text()
            assert (window.ask("mains"), SPELLED["th"] in first, SPELLED["en"] in first.lower()) == (
                ["th"],
                True,
                False,
            )
            window.choose("en")
            second = window.page.locator("body").inner_text()
            assert (window.ask("mains"), SPELLED["th"] in second, SPELLED["en"] in second.lower()) == (
                ["en"],
                False,
                True,
            )
            window.choose("th")
            assert window.page.locator("body").inner_text() == first
            nothing(window.elsewhere())
        window.close()

    @IN_LANGUAGES
    def test_the_arrow_keys_change_the_language(self, report, language):
        other = next(one for one in LANGUAGES if one != language)
        report.show(WIDTHS["desk"], language=language)
        with report.kept(f"arrows {language}"):
            report.page.locator(f"#language-{language}").focus()
            report.page.keyboard.press("ArrowRight")
            assert report.ask("mains") == [other]


class TestByKeyboard:
    @ENDS
    @IN_LANGUAGES
    def test_tab_goes_through_the_page_as_it_is_read_and_shows_where_it_is(self, report, width, language):
        with report.show(width, language=language).kept(f"keyboard {width} {language}"):
            named, walked = report.walk()
            nothing(strayed(named, walked))
            skip, switch, *rest = walked
            assert skip["goes"].startswith("#"), "first comes the link that skips what stands before the report"
            assert switch["type"] == "radio", "then the language"
            navigation = [one["nav"] for one in rest]
            assert any(navigation)
            assert navigation == sorted(navigation, reverse=True), "then the contents, and nothing before them"
            assert not any(one["main"] for one in (skip, switch))

    @IN_LANGUAGES
    def test_the_first_link_skips_to_the_report(self, report, language):
        with report.show(WIDTHS["telephone"], language=language).kept(f"skip {language}"):
            report.ask("stops")
            for key in ("Tab", "Enter", "Tab"):
                report.page.keyboard.press(key)
            assert report.ask("focus")["main"]


class TestOnPaper:
    @IN_LANGUAGES
    def test_nothing_is_wider_than_the_sheet_folded_away_or_without_its_headings(self, report, language):
        with report.show(SHEET, language=language, media="print").kept(f"print {language}"):
            nothing(report.ask("overflowing"))
            nothing(report.ask("clipped"))
            nothing(report.ask("unprinted"))

    @IN_LANGUAGES
    def test_a_dark_screen_prints_on_white_paper(self, report, language):
        with report.show(SHEET, "dark", language, media="print").kept(f"print dark {language}"):
            nothing(report.faint())
            paper = contrast.seen([contrast.colour(report.ask("colours")[0]["below"][-1])])
            assert contrast.ratio(paper, (255, 255, 255)) < 1.3

    @IN_LANGUAGES
    def test_the_pdf_is_tagged_on_a4_and_each_sheet_has_its_number(self, report, language):
        document = report.show(WIDTHS["desk"], language=language).printed()
        root, sheets = document.trailer["/Root"], document.pages
        assert root["/MarkInfo"]["/Marked"]
        assert root["/StructTreeRoot"]["/K"]
        assert root["/Lang"]
        assert 2 <= len(sheets) <= 40
        assert {tuple(round(float(one)) for one in sheet.mediabox[2:]) for sheet in sheets} == {(595, 842)}
        for number, sheet in enumerate(sheets, start=1):
            assert f"{number}/{len(sheets)}" in "".join(sheet.extract_text().split()), f"sheet {number} has no number"
        first = sheets[0].extract_text()
        assert "2.2.2" in first, "the first sheet begins with the answer, a tile for each indicator"
        assert "14.37" in first + sheets[1].extract_text(), "no figure is broken over lines"


class TestLargeFigures:
    @ENDS
    @IN_LANGUAGES
    def test_are_not_cut_off_in_any_picture(self, browser, tmp_path_factory, width, language):
        days = WATCH.under({"three": WorkingDays(3), "thirty": WorkingDays(30)})
        slow = [
            trace(f"{n}", ("came", f"0{1 + n % 3}-{1 + n:02} 09:00"), ("went", f"1{n % 3}-{1 + n:02} 12:00"))
            for n in range(28)
        ]
        made = plan(
            indicator("1", WATCH, target=at_most(120_000)),
            indicator("2", WATCH, target=at_most(1_800)),
            indicator("3", days["three"], alternatives=days, target=at_least(90)),
        )
        result = made.evaluate({"letters": slow}, as_of=at("12-31 12:00"))
        written = tmp_path_factory.mktemp("large") / "report.html"
        written.write_text(page(Report(result=result), digits="thai"), encoding="utf-8")
        window = Window(browser, written)
        try:
            with window.show(width, language=language).kept(f"large figures {width} {language}"):
                nothing(window.ask("overflowing"))
                nothing(window.ask("clipped"))
        finally:
            window.close()


class TestHostileTexts:
    @ENDS
    @IN_LANGUAGES
    def test_they_widen_nothing_cut_nothing_and_build_nothing(self, hostile, width, language):
        with hostile.show(width, language=language).kept(f"hostile {width} {language}"):
            nothing(hostile.ask("overflowing"))
            nothing(hostile.ask("clipped"))
            assert hostile.page.locator("script, img, iframe, object, base, #hostile, [onerror], [onload]").count() == 0
            nothing(hostile.elsewhere())

    def test_axe_finds_no_barrier(self, hostile):
        with hostile.show(WIDTHS["telephone"], language="th").kept("hostile axe"):
            nothing(hostile.barriers())

    def test_they_fit_on_a_sheet(self, hostile):
        with hostile.show(SHEET, media="print").kept("hostile print"):
            nothing(hostile.ask("overflowing"))

    @IN_LANGUAGES
    def test_they_read_as_they_are_with_every_control_character_written_out(self, hostile, language):
        text = hostile.show(WIDTHS["desk"], language=language).page.locator("main:visible").text_content()
        assert [name for name, hostile_text in HOSTILE.items() if visible(hostile_text) not in text] == []
        assert [mark for mark in "\x1b\x07\u202e\u2066" if mark in text] == []
