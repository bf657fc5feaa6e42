"""What a browser is asked about a page: a sound page has nothing wrong, and each thing that is wrong is found."""

import pytest
from browser import SHEET, Window, strayed

pytestmark = pytest.mark.long

SOUND = """<!doctype html><html lang="th"><head><meta charset="utf-8"><title>รายงาน</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body { margin: 0; color: #17212b; background: #fff; } main { padding: 1rem; } main[lang=en] { display: none; }
html:has(#language-en:checked) main[lang=en] { display: block; }
html:has(#language-en:checked) main[lang=th] { display: none; }
:focus-visible { outline: 3px solid #1c5d99; } .skip { position: absolute; left: -99rem; } .skip:focus { left: 0; }
.wide { overflow-x: auto; } .wide table { width: 60rem; }
svg { display: block; } td, th { text-align: left; }
@page { size: A4; margin: 10mm; @bottom-right { content: counter(page) " / " counter(pages); } }
@media print { details::details-content { content-visibility: visible; height: auto; } .wide table { width: auto; } }
</style></head><body><a class="skip" href="#th">ข้าม</a>
<header><label><input type="radio" name="language" id="language-th" checked>ไทย</label>
<label><input type="radio" name="language" id="language-en">English</label>
<nav aria-label="สารบัญ"><a href="#one">หนึ่ง</a></nav></header>
<main lang="th" id="th"><h1>รายงานกี่ฉบับ</h1><p id="one">ที่ <a href="#th">ขึ้น</a></p>
<div class="wide" tabindex="0" role="region" aria-label="ตาราง"><table><thead><tr><th>ที่</th></tr></thead>
<tbody><tr><td>1</td></tr></tbody></table></div>
<details><summary>เพิ่มเติม</summary><p>รายละเอียด</p></details>
<svg width="100" height="30" role="img" aria-label="10"><rect width="100" height="30" fill="#123f6d"/>
<text x="5" y="20" fill="#fff" font-size="12">10</text></svg></main>
<main lang="en"><h1>Report</h1></main></body></html>"""


@pytest.fixture
def opened(browser, tmp_path):
    windows = []

    def opened(text=SOUND, **more):
        assert text.count("<main") == 2
        (tmp_path / "page.html").write_text(text, encoding="utf-8")
        windows.append(Window(browser, tmp_path / "page.html", **more))
        return windows[-1].show(390)

    yield opened
    for window in windows:
        window.close()


def wrong(window):
    """Everything that is wrong with a page, by what was asked."""
    named, walked = window.walk()
    found = {
        "overflowing": window.ask("overflowing"),
        "clipped": window.ask("clipped"),
        "faint": window.faint(),
        "strayed": strayed(named, walked),
        "elsewhere": window.elsewhere(),
        "unprinted": window.show(SHEET, media="print").ask("unprinted"),
    }
    return {asked: answers for asked, answers in found.items() if answers}


def test_a_sound_page_has_nothing_wrong(opened):
    window = opened()
    assert wrong(window) == {}
    assert window.show(390).barriers() == []
    assert [window.show(390, language=one).ask("mains") for one in ("th", "en")] == [["th"], ["en"]]


@pytest.mark.parametrize(
    ("asked", "sound", "broken"),
    [
        ("overflowing", '<p id="one">', '<p id="one" style="width: 30rem">'),
        ("overflowing", '<p id="one">ที่', f'<p id="one" style="width: 9rem">{"W" * 20}'),
        ("overflowing", '<p id="one">', '<p id="one" style="position: relative; left: -3rem">'),
        ("overflowing", ".wide { overflow-x: auto; }", ".wide { overflow-x: visible; }"),
        ("overflowing", 'text x="5"', 'text x="95"'),
        ("overflowing", 'y="20"', 'y="4"'),
        ("clipped", "<h1>รายงานกี่ฉบับ", '<h1 style="overflow: hidden; height: 1.2rem">รายงานกี่ฉบับ'),
        ("clipped", '<p id="one">ที่', '<p id="one" style="overflow: hidden; white-space: nowrap">' + "ที่ " * 200),
        ("faint", '<p id="one">', '<p id="one" style="color: #808080">'),
        ("faint", '<p id="one">', '<p id="one" style="opacity: .4">'),
        ("faint", '<p id="one">', '<p id="one" style="background: #345">'),
        ("faint", 'fill="#123f6d"', 'fill="#eee"'),
        ("strayed", "outline: 3px solid #1c5d99", "outline: none"),
        ("strayed", ".skip:focus { left: 0; }", ""),
        ("strayed", '<a href="#one">', '<a href="#one" tabindex="3">'),
        ("elsewhere", "</header>", '</header><img src="http://example.test/x.png" alt="">'),
        ("elsewhere", "</header>", '</header><script>console.log("said")</script>'),
        ("elsewhere", "</header>", '</header><script>throw new Error("x")</script>'),
        ("unprinted", "content-visibility: visible; height: auto;", ""),
        ("unprinted", "<thead>", '<thead style="display: table-row-group">'),
    ],
)
def test_what_is_wrong_is_found_by_the_question_about_it(opened, asked, sound, broken):
    assert SOUND.count(sound) == 1
    assert asked in wrong(opened(SOUND.replace(sound, broken)))


def test_a_barrier_has_the_name_of_its_rule(opened):
    assert [one.split(":")[0] for one in opened(SOUND.replace(' lang="th"><head>', "><head>")).barriers()] == [
        "html-has-lang"
    ]


def test_a_faint_text_is_a_barrier_unless_colours_are_left_out(opened):
    window = opened(SOUND.replace('<p id="one">', '<p id="one" style="color: #999">'))
    assert [one.split(":")[0] for one in window.barriers()] == ["color-contrast"]
    assert window.barriers(colours=False) == []


def test_a_language_is_chosen_without_a_script(opened):
    window = opened(scripts=False)
    window.choose("en")
    assert window.ask("mains") == ["en"]


def test_what_is_printed_is_tagged_and_numbered(opened):
    document = opened().printed()
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "1 / 1" in document.pages[0].extract_text()


def test_a_picture_of_what_is_wrong_is_kept_and_the_failure_says_where(opened, tmp_path, monkeypatch):
    monkeypatch.setattr("browser.PICTURES", tmp_path / "pictures")
    with pytest.raises(AssertionError) as failure, opened().kept("a page, 390"):
        raise AssertionError
    assert failure.value.__notes__ == [f"a picture of it: {tmp_path / 'pictures' / 'a-page-390.png'}"]
    assert (tmp_path / "pictures" / "a-page-390.png").stat().st_size > 1_000
