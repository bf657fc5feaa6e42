"""The documentation site as a reader meets it: whole, without a broken link, and found in Thai."""

import os
import subprocess
import sys
from functools import cache, partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from threading import Thread
from urllib.parse import quote, unquote, urlsplit

import pytest
from browsing import chromium, missing

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "docs" / "_site"))

from public import everything  # noqa: E402 - the path is put right above

PUBLIC = list(everything())
pytestmark = pytest.mark.long


def not_here():
    absent = [package for package in ("sphinx", "furo", "myst_parser", "django") if find_spec(package) is None]
    if absent:
        return f"the site is not built: {', '.join(absent)} not installed; pip install '.[docs]'"
    return "" if which("dot") else "the site is not built: Graphviz is not here; apt-get install graphviz"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder that DOCFLOW_SITE names, or the site as it is built here, where no warning is passed over."""
    if built := os.environ.get("DOCFLOW_SITE"):
        return Path(built)
    if not_here():
        pytest.skip(not_here())
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", ROOT / "docs", folder]
    subprocess.run(command, check=True)  # noqa: S603 - our own pages
    return folder


class Page(HTMLParser):
    """What a page links to, what it loads, and what can be linked to in it."""

    def __init__(self, path):
        super().__init__()
        self.links, self.loads, self.ids = [], [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.ids.add(named.get("id"))
        if tag == "a" and named.get("href"):
            self.links.append(named["href"])
        elif tag in {"script", "img", "iframe", "object", "link"}:
            self.loads += [named[each] for each in ("src", "data", "href") if named.get(each)]


@pytest.fixture(scope="module")
def pages(site):
    return {path: Page(path) for path in sorted(site.rglob("*.html"))}


def test_no_link_inside_the_site_is_broken(site, pages):
    @cache  # each page has the same hundreds of links in its margin
    def found(folder, file):
        target = (folder / unquote(file)).resolve()
        return target if target.is_file() else None

    broken = []
    for path, page in pages.items():
        for link in page.links + page.loads:
            scheme, place, file, _, anchor = urlsplit(link)
            if scheme or place:
                continue
            target = found(path.parent, file) if file else path
            if target is None or (anchor and target in pages and unquote(anchor) not in pages[target].ids):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert len(pages) > 40
    assert broken == []


def test_the_site_loads_nothing_from_elsewhere(site, pages):
    elsewhere = [
        f"{path.relative_to(site)}: {each}"
        for path, page in pages.items()
        for each in page.loads
        if urlsplit(each).netloc
    ]
    assert elsewhere == []


def test_every_public_name_has_its_place_in_the_reference(site):
    from sphinx.util.inventory import InventoryFile  # noqa: PLC0415 - not where the site is not built

    inventory = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")
    places = {name for objects in inventory.data.values() for name in objects}
    assert [one.path for one in PUBLIC if one.path not in places] == []


@pytest.fixture(scope="module")
def served(site):
    """The site's address: a search reads pages, which a browser refuses to files."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Nothing is said."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def window():
    if missing():
        pytest.skip(missing())
    with chromium() as browser:
        yield browser.new_page()


def found(window, served, query):
    """The titles of the pages that a search finds, and the words around what is found."""
    window.goto(f"{served}/search.html?q={quote(query)}")
    window.wait_for_function("document.querySelector('#search-results .search-summary')?.innerText")
    window.wait_for_timeout(300)  # the words around are read from the pages found
    return [row.inner_text() for row in window.locator("#search-results li").all()]


class TestSearch:
    @pytest.mark.parametrize("query", ["ส่วนราชการ", "ราชการ"])
    def test_a_thai_word_is_found_in_the_middle_of_a_phrase(self, window, served, query):
        rows = found(window, served, query)
        assert any("Glossary" in row for row in rows)
        middle = [row for row in rows if any(query in word[1:-1] and word != query for word in row.split())]
        assert middle, "none of them has it in the middle of a phrase"

    def test_thai_words_that_stand_apart_are_found_together(self, window, served):
        """The query stands nowhere as a whole."""
        assert found(window, served, "ทะเบียนส่วนราชการ")

    def test_what_is_nowhere_is_not_found(self, window, served):
        assert found(window, served, "กขฃคฅฆง") == []

    @pytest.mark.parametrize(("query", "title"), [("WorkClock", "docflow.worktime.WorkClock"), ("late", "late")])
    def test_english_words_and_names_are_found(self, window, served, query, title):
        assert any(title in row.split("\n")[0] for row in found(window, served, query))

    @pytest.mark.parametrize(
        "query",
        [
            "save", "export", "why late", "due this week", "remind", "correct a time", "own holidays", "own workflow",
            "own indicator", "read my file", "pandas", "Spark", "Django", "FastAPI", "draw", "reopen", "sent back",
            "audit", "ส่งกลับ", "เปิดเรื่องใหม่",
        ],
    )  # fmt: skip
    def test_the_words_that_people_search_find_a_how_to(self, window, served, query):
        assert any("how-to/" in link.get_attribute("href") for link in links(window, served, query))


def links(window, served, query):
    found(window, served, query)
    return window.locator("#search-results li a").all()
