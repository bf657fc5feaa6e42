"""The diagrams of workflows, drawn when the site is built: a page holds Mermaid, which GitHub draws by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils.parsers.rst import Directive
from sphinx.ext.graphviz import graphviz

from docflow.bangkok import TITLES, WORKFLOWS, title

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

ENGLISH = TITLES["en"]


class Mermaid(Directive):
    """The workflow whose diagram this is, drawn by Graphviz of the same table; nothing is loaded by the reader."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """One picture."""
        text = "\n".join(self.content).strip()
        for workflow in WORKFLOWS:
            if workflow.mermaid(ENGLISH).strip() == text:
                name = title(workflow.name, "en")
                return [
                    graphviz("", code=workflow.dot(ENGLISH), options={}, alt=f"Diagram: {name}", classes=["workflow"])
                ]
        raise self.error("this Mermaid is of no workflow of docflow.bangkok; draw others as text")


def setup(app: Sphinx) -> dict[str, bool]:
    """Make it known to Sphinx."""
    app.add_directive("mermaid", Mermaid)
    return {"parallel_read_safe": True}
