"""The diagrams of workflows, drawn when the site is built: a page holds Mermaid, which GitHub draws by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.ext.graphviz import graphviz

from docflow.bangkok import TITLES, WORKFLOWS, title

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ENGLISH = TITLES["en"]


class Mermaid(Directive):
    """A workflow of `docflow.bangkok`, drawn of its own table, so that a reader loads nothing; any other as text."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """One picture."""
        text = "\n".join(self.content).strip()
        for workflow in WORKFLOWS:
            if workflow.mermaid(ENGLISH).strip() == text:
                name = title(workflow.name, "en")
                return [
                    graphviz(
                        "",
                        code=workflow.dot(ENGLISH).replace("rankdir=LR", "rankdir=TB"),
                        options={},
                        alt=f"Diagram: {name}",
                        classes=["workflow"],
                    )
                ]
        return [nodes.literal_block(text, text, language="text")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Make it known to Sphinx."""
    app.add_directive("mermaid", Mermaid)
    return {"parallel_read_safe": True}
