"""The yearly report as a page."""

import re

import pytest
from registers import as_csv, row
from scripts import ANNUAL, Page, run, sample_year

pytestmark = pytest.mark.scripts


class TestThePage:
    def test_says_the_same_and_asks_for_no_address(self):
        *_, text = sample_year()
        page = Page(text)
        assert text.startswith("<!doctype html>")
        for words in ("14.37 นาที", "84.62 %", "92.15 %", "พ.ย. 2562", "31/02/2563 10:00"):
            assert any(words in part for part in page.text)
        assert "http" not in re.sub(r"base64,[^)]*", "", text)

    def test_escapes_what_the_register_holds(self, tmp_path):
        register = tmp_path / "register.csv"
        evil = '<script>alert("1")</script>&amp;'
        register.write_text(as_csv([row(receipt=evil, unit=evil), row(number="2/2562", unit=evil)]), encoding="utf-8")
        assert run(ANNUAL, "--register", register, "--html", tmp_path / "page.html").returncode == 0
        text = (tmp_path / "page.html").read_text(encoding="utf-8")
        assert "<script" not in text
        assert any(evil in part for part in Page(text).text)
