"""What is public is one list, and pages and examples keep to it."""

import ast
import builtins
import doctest
import inspect
import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "docs" / "_site"))

from public import FACE, ROOMS, everything, names  # noqa: E402 - the path is put right above

PUBLIC = list(everything())
PAGES = [ROOT / "README.md", ROOT / "README.th.md", *sorted((ROOT / "docs").rglob("*.md"))]
SCRIPTS = sorted((ROOT / "examples").glob("*.py"))
MODULES = {FACE, *ROOMS}


def code_of(path):
    """The code of a page or a script."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        fenced = re.findall(r"^```python\n(?!>>>)(.*?)^```", text, re.MULTILINE | re.DOTALL)
        examples = [example.source for example in doctest.DocTestParser().get_examples(text)]
        return "\n".join([*examples, *fenced])
    return text


@pytest.mark.parametrize("path", PAGES + SCRIPTS, ids=lambda path: path.name)
def test_pages_and_examples_import_public_names_only(path):
    private = []
    for node in ast.walk(ast.parse(code_of(path))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == FACE:
            for each in node.names:
                full = f"{node.module}.{each.name}"
                if full not in MODULES and (
                    node.module not in MODULES or each.name not in import_module(node.module).__all__
                ):
                    private.append(full)
    assert private == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_files_that_a_page_links_to_are_there(path):
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in links if not (path.parent / link.split("#")[0]).exists()] == []


@pytest.mark.parametrize("room", ROOMS)
def test_the_names_of_a_room_exist(room):
    module = import_module(room)
    assert module.__doc__
    assert all(hasattr(module, name) for name in module.__all__)


def test_the_names_on_the_face_stand_in_the_reference():
    places = {(one.home, one.name) for one in PUBLIC}
    assert [one.name for one in names(FACE) if (one.home, one.name) not in places] == []


@pytest.mark.parametrize("one", PUBLIC, ids=lambda one: one.path)
def test_a_public_name_says_what_it_is_with_an_example(one):
    assert one.words, "it has no docstring"
    if one.kind != "data":
        assert ">>>" in one.words or "```python" in one.words, "its docstring has no example"


def documented(one):
    """The name and the docstring of what a reader finds under a public name: itself, and its own methods."""
    yield one.path, one.words
    if isinstance(one.value, type):
        for name, member in vars(one.value).items():
            method = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
            if inspect.isroutine(method) and not name.startswith("_"):
                yield f"{one.path}.{name}", inspect.getdoc(method) or ""


def foreign(source):
    """The names that some code uses and neither makes nor imports."""
    tree = ast.parse(source)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    made = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    made |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    named = ast.FunctionDef | ast.ClassDef | ast.ExceptHandler
    made |= {node.name for node in ast.walk(tree) if isinstance(node, named)}
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    made |= {each.asname or each.name.split(".")[0] for node in imports for each in node.names}
    return sorted(used - made - set(dir(builtins)))


@pytest.mark.parametrize("one", PUBLIC, ids=lambda one: one.path)
def test_an_example_imports_all_that_it_uses_but_the_name_that_it_is_of(one):
    for where, words in documented(one):
        lacking = foreign("".join(example.source for example in doctest.DocTestParser().get_examples(words)))
        assert set(lacking) <= {one.name}, where


@pytest.mark.parametrize("one", [one for one in PUBLIC if one.kind == "data"], ids=lambda one: one.path)
def test_the_example_of_a_constant_runs(one):
    example = doctest.DocTestParser().get_doctest(one.words, {one.name: one.value}, one.path, None, 0)
    assert doctest.DocTestRunner().run(example).failed == 0
