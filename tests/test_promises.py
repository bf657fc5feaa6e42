"""What pages promise beside the code: which places are public, and commands that are the same in both languages."""

import doctest
import re
import sys
import tomllib

from scripts import ROOT

sys.path.append(str(ROOT / "docs" / "_site"))

from public import FACE, ROOMS


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_promise_of_compatibility_names_the_places_that_are_public():
    code = next(
        one.source
        for one in doctest.DocTestParser().get_examples(read("docs/compatibility.md"))
        if "places =" in one.source
    )
    assert {*re.findall(r'"([\w.]+)"', code), "docflow.errors"} == {FACE, *ROOMS}


def test_both_readmes_have_the_same_commands():
    english, thai = (
        re.findall(r"^```sh\n(.*?)^```", read(name), re.MULTILINE | re.DOTALL) for name in ("README.md", "README.th.md")
    )
    assert len(english) == 2
    assert thai == english


def test_the_citation_is_of_the_licence_and_the_name_of_the_package():
    said = dict(re.findall(r"^([\w-]+): (.+)$", read("CITATION.cff"), re.MULTILINE))
    assert (said["cff-version"], said["title"], said["license"]) == ("1.2.0", "docflow", "MIT")
    assert "The docflow authors" in read("LICENSE")


def test_one_version_stands_in_the_package_the_change_log_and_the_citation():
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    released = re.findall(r"^## (\d\S*)", read("docs/changelog.md"), re.MULTILINE)
    assert released[0] == version
    assert f"\nversion: {version}\n" in read("CITATION.cff")
