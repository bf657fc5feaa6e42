"""The office's processes as diagrams, drawn from the very tables that judge every step.

    python examples/draw_workflows.py [--process NAME] [--language en|th] [--format mermaid|dot]

Mermaid is text that GitHub and many editors draw; DOT is drawn by Graphviz, where it is installed:
`python examples/draw_workflows.py --process complaint --format dot | dot -Tsvg > complaint.svg`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

try:
    from docflow.bangkok import TITLES, WORKFLOWS, title
    from docflow.report.script import Arguments, run
except ModuleNotFoundError as missing:
    sys.exit(f"draw_workflows: {missing.name} is not installed; run: pip install .")

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the diagrams."""

    def job() -> None:
        parser = Arguments(description="Draw the office's processes from their tables.")
        parser.add_argument("--process", choices=[workflow.name for workflow in WORKFLOWS], help="only this one")
        parser.add_argument("--language", choices=sorted(TITLES), default="en", help="of the titles (en)")
        parser.add_argument("--format", choices=["mermaid", "dot"], default="mermaid", help="what draws it (mermaid)")
        options = parser.parse_args(arguments)
        titles = TITLES[options.language]
        for workflow in WORKFLOWS:
            if options.process in (None, workflow.name):
                if options.format == "dot":
                    print(workflow.dot(titles))
                else:
                    heading = title(workflow.name, options.language)
                    print(f"## {heading}\n\n```mermaid\n{workflow.mermaid(titles)}```\n")

    return run("draw_workflows", job)


if __name__ == "__main__":
    sys.exit(main())
