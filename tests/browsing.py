"""Chromium for tests: Debian's; where it or Playwright is missing, `missing()` says so and the tests are skipped."""

from contextlib import contextmanager
from importlib.util import find_spec
from shutil import which


def missing():
    """What is not here, in words; nothing when a page can be opened."""
    packages = {"playwright": "playwright", "axe_playwright_python": "axe-playwright-python", "pypdf": "pypdf"}
    absent = [package for module, package in packages.items() if find_spec(module) is None]
    if absent:
        return f"pages are not opened in a browser: {', '.join(absent)} not installed; pip install '.[dev]'"
    return "" if which("chromium") else "pages are not opened in a browser: no chromium here; apt-get install chromium"


@contextmanager
def chromium():
    """The browser, without a window. It is run without its sandbox, which root cannot have; it opens our files only."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not where pages are not opened

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()
