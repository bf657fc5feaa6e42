"""A page as a reader sees it: opened in Chromium, without a network, and asked what it shows.

A picture of what was wrong is kept in the folder that DOCFLOW_SCREENSHOTS names, or in `.screenshots/`.
"""

import os
import re
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import contrast

LOOKING = Path(__file__).with_name("looking.js").read_text(encoding="utf-8")
PICTURES = Path(os.environ.get("DOCFLOW_SCREENSHOTS") or Path(__file__).parents[2] / ".screenshots")
WIDTHS = {"telephone": 390, "tablet": 768, "desk": 1280}
SHEET = 718  # pixels at 96 an inch between margins of 10 mm on A4
LARGEST = (2_000, 8_000)  # pixels of a picture; the browser gives up on a much larger one
MOST_TOLD = 30
SCHEMES = ("light", "dark")
LANGUAGES = ("th", "en")


class Window:
    """A page in a window of its own: what it asked for, what it said, and what it shows."""

    def __init__(self, browser, file, *, scripts=True):
        self.address = file.as_uri()
        self.requests, self.messages = [], []
        context = browser.new_context(java_script_enabled=scripts, offline=True, reduced_motion="reduce")
        context.set_default_timeout(10_000)
        self.page = context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.messages.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.messages.append(f"error: {error}"))
        self.page.goto(self.address)

    def close(self):
        self.page.context.close()

    def show(self, width, scheme="light", language="", *, media="screen"):
        """The same page in another size, scheme and language; nothing is read again."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(media=media, color_scheme=scheme)
        if language:
            switch = self.page.locator(f"#language-{language}")
            assert switch.count() == 1, f"the page has no #language-{language}"
            switch.evaluate("input => input.click()")
        return self

    def ask(self, question):
        """The answer of a function of `looking.js`."""
        return self.page.evaluate(f"({LOOKING}).{question}()")

    def choose(self, language):
        """A click where people click: on the label."""
        self.page.locator(f'label[for="language-{language}"], label:has(#language-{language})').first.click()

    @contextmanager
    def kept(self, name):
        """When something is wrong inside, a picture is kept, and the failure says where."""
        try:
            yield self
        except AssertionError as failure:
            PICTURES.mkdir(parents=True, exist_ok=True)
            picture = PICTURES / f"{re.sub(r'[^0-9A-Za-z]+', '-', name).strip('-')}.png"
            whole = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
            width, height = map(min, whole, LARGEST)
            self.page.screenshot(path=picture, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
            failure.add_note(f"a picture of it: {picture}")
            raise

    def elsewhere(self):
        """What was asked for beside the file itself, and what the console holds."""
        asked = [f"asked for {one}" for one in self.requests if one.split("#")[0] != self.address]
        return list(dict.fromkeys(asked + self.messages))

    def barriers(self, *, colours=True):
        """What axe-core finds, by its names of the rules; its rule on colours takes longer than all others together."""
        from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - not where pages are not opened

        options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": colours}}}
        found = Axe().run(self.page, options=options).response["violations"]
        return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]

    def faint(self):
        """The texts that stand out too little from what is below them."""
        found = []
        for item in self.ask("colours"):
            below = contrast.seen(map(contrast.colour, item["below"]))
            own, part = contrast.colour(item["colour"])
            ratio = contrast.ratio(contrast.seen([(below, 1), (own, part * item["opacity"])]), below)
            if ratio < contrast.TEXT:
                found.append(f"{ratio:.2f}: {item['colour']} on {item['below'][-1]}, {item['text']}")
        return found

    def walk(self):
        """Where Tab stops, one after the other until it leaves the page, and what a page says of all stops it has."""
        named, found = self.ask("stops"), []
        while len(found) <= len(named) + 5:
            self.page.keyboard.press("Tab")
            stop = self.ask("focus")
            if stop is None:
                break
            found.append(stop)
        return named, found

    def printed(self):
        """The page as a tagged PDF, on the sheets that its style asks for."""
        from pypdf import PdfReader  # noqa: PLC0415 - not where pages are not opened

        self.page.emulate_media(media="print")  # else the sheets are painted as screens are
        return PdfReader(BytesIO(self.page.pdf(prefer_css_page_size=True, tagged=True, print_background=True)))


def nothing(found):
    """Nothing of what was looked for is there; else a failure that says what, each on its line."""
    assert not found, "\n".join(
        [f"wrong in {len(found)} places:", *found[:MOST_TOLD], *["…"][: len(found) > MOST_TOLD]]
    )


def strayed(named, walked):
    """What is wrong with a walk through a page by Tab."""
    found = [f"{one['name']}: no ring shows that it has the focus" for one in walked if not one["ring"]]
    found += [f"{one['name']}: is outside of the window when it has the focus" for one in walked if not one["inside"]]
    places = [one["place"] for one in walked]
    found += [f"{name}: Tab never comes there" for n, name in enumerate(named) if n not in places]
    found += [
        f"{one['name']}: comes before {walked[n]['name']} in the page, and after it by Tab"
        for n, one in enumerate(walked[1:])
        if -1 < one["place"] < walked[n]["place"]
    ]
    return found
