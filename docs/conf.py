"""How the documentation site is built: `sphinx-build --fail-on-warning docs FOLDER` (extra `docs`)."""

from __future__ import annotations

import sys
from importlib.metadata import version as installed
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE / "_site")]

project = "docflow"
author = "the docflow authors"
copyright = author  # noqa: A001 - Sphinx asks for this name
try:
    release = installed("docflow-registry")
except ModuleNotFoundError:  # the package is not installed: it is read where it stands
    release = ""

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.graphviz",
    "sphinx_copybutton",
    "diagrams",
    "reference",
    "thai_search",
]
exclude_patterns = ["_site"]

html_theme = "furo"
html_title = "docflow"
html_static_path = ["_site/static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_copyright = False
html_search_language = "en-th"
graphviz_output_format = "svg"

myst_heading_anchors = 4  # links to headings are those that GitHub makes
myst_fence_as_directive = ["mermaid"]
suppress_warnings = ["ref.python"]  # types in signatures are short names, and a few of them are in two rooms

copybutton_prompt_text = r">>> |\.\.\. |\$ "  # what is typed is copied, what is printed is not
copybutton_prompt_is_regexp = True

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_class_signature = "mixed"
toc_object_entries = False  # a page lists its names, not what each of them has
python_maximum_signature_line_length = 80
python_use_unqualified_type_names = True
python_display_short_literal_types = True
trim_doctest_flags = True
