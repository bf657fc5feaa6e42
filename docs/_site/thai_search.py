"""Search in Thai: a word is found wherever it stands within a phrase.

Thai writes no space between words. A dictionary can part a phrase in one way when the site is built and in another when
a reader asks. So nothing is parted: the index keeps each phrase whole, and a query is looked for inside it. A query
that stands nowhere as a whole is parted into words by the browser, and each of them is looked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx.search.en import SearchEnglish

if TYPE_CHECKING:
    from sphinx.application import Sphinx

THAI = r"\u0e01-\u0e3a\u0e40-\u0e4e"  # letters, vowels and tone marks, which Python's \w leaves out; no digits
WORD = re.compile(rf"[{THAI}]+|[^\W{THAI}]+")
PHRASE = "\u00b7"
"""Stands before each phrase of the index, so that no query equals one: Sphinx looks inside terms only for words that
equal none."""


class SearchEnglishAndThai(SearchEnglish):
    """English by the stems of words, Thai by any part of a phrase."""

    lang = "en-th"
    js_splitter_code = rf"""
var splitQuery = (query) => {{
  const phrases = () => Object.keys(Search._index.terms).concat(Object.keys(Search._index.titleterms));
  const thai = new Intl.Segmenter("th", {{granularity: "word"}});
  const words = (run) => [...thai.segment(run)].map((part) => part.segment);
  return (query.match(/[{THAI}]+|(?:(?![{THAI}])[\p{{Letter}}\p{{Number}}_])+/gu) || []).flatMap((run) =>
    !/[{THAI}]/u.test(run) || phrases().some((phrase) => phrase.includes(run)) ? [run] : words(run));
}};
"""

    def split(self, input: str) -> list[str]:  # noqa: A002 - Sphinx gives it by this name
        """The words of a text; a run of Thai letters is one of them."""
        return [PHRASE + word if "\u0e01" <= word[0] <= "\u0e4e" else word for word in WORD.findall(input)]


def setup(app: Sphinx) -> dict[str, bool]:
    """Make it known to Sphinx."""
    app.add_search_language(SearchEnglishAndThai)
    return {"parallel_read_safe": True}
