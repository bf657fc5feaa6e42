import re
import shutil
import subprocess

import pytest
from scripts import ROOT

from docflow import Transition, Workflow
from docflow.bangkok import INCOMING_EXTERNAL_LETTER, TITLES, WORKFLOWS

PAGE = ROOT / "docs" / "reference" / "workflows.md"
NASTY = Workflow(
    'letters "in"\\',
    initial='a "q" <script>alert(1)</script>; %% x',
    transitions=[Transition('go: "there" --> s9\n', 'a "q" <script>alert(1)</script>; %% x', "end {} [*] #35; \\")],
    waiting=['a "q" <script>alert(1)</script>; %% x'],
)


def moves_in(mermaid):
    """The table as a reader of the diagram finds it."""
    names = {place: name for name, place in re.findall(r'state "(.*)" as (s\d+)', mermaid)}
    arrows = re.findall(r"^    (s\d+) --> (s\d+): (.*)$", mermaid, re.MULTILINE)
    return [(names[source], names[destination], trigger) for source, destination, trigger in arrows]


class TestMermaid:
    @pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
    def test_shows_every_line_of_the_table_and_no_other(self, workflow):
        plain = [
            tuple(name.replace("_", " ") for name in (line.source, line.destination, line.trigger))
            for line in workflow.transitions
        ]
        assert moves_in(workflow.mermaid()) == plain
        ends = re.findall(r"(s\d+) --> \[\*\]", workflow.mermaid())
        assert [workflow.states[int(end[1:])] for end in ends] == list(workflow.ends)

    def test_says_what_the_office_calls_things(self):
        drawn = INCOMING_EXTERNAL_LETTER.mermaid(TITLES["th"])
        assert "[*] --> s0: ลงทะเบียนรับ\n" in drawn
        assert 'state "รอหน่วยงานเจ้าของเรื่องชี้แจง" as s2\n' in drawn
        assert "class s2 waiting\n" in drawn

    def test_lets_no_name_end_its_label(self):
        lines = NASTY.mermaid().splitlines()
        assert 'state "a #34;q#34; #60;script#62;alert#40;1#41;#60;#47;script#62;#59; #37;#37; x" as s0' in lines[2]
        assert len(lines) == 8
        odd = Workflow("odd", initial="R&lt;D\x00\u2028", transitions=[Transition("go", "R&lt;D\x00\u2028", "ﬂ°°60¶ß")])
        assert "\u2028" not in odd.mermaid()
        assert "°" not in odd.mermaid()
        assert '[label="R&amp;lt;D  "]' in odd.dot()
        for mark in ("<", ";;", "%%", "[*] #"):
            assert not any(mark in line for line in lines)

    def test_of_the_documentation_is_drawn_from_the_tables(self):
        page = PAGE.read_text(encoding="utf-8")
        for workflow in WORKFLOWS:
            block = f"```mermaid\n{workflow.mermaid(TITLES['en'])}```\n"
            assert block in page, f"draw {workflow.name} anew: python examples/draw_workflows.py"
        assert page.count("```mermaid") == len(WORKFLOWS)


class TestDot:
    def test_quotes_every_name(self):
        drawn = NASTY.dot()
        assert drawn.startswith('digraph "letters \\"in\\"\\\\" {\n')
        assert '    s0 [label="a \\"q\\" <script>alert(1)</script>; %% x" style="rounded,dashed"]\n' in drawn
        assert '    s0 -> s1 [label="go: \\"there\\" --> s9 "]\n' in drawn
        assert '    s1 [label="end {} [*] #35; \\\\" peripheries=2]\n' in drawn

    @pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed on this machine")
    @pytest.mark.parametrize("workflow", [*WORKFLOWS, NASTY], ids=lambda workflow: workflow.name)
    def test_is_drawn_by_graphviz(self, workflow):
        drawn = subprocess.run(
            ["dot", "-Tplain"],  # noqa: S607 - wherever it is installed
            input=workflow.dot(),
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        ).stdout
        assert len(re.findall(r"^node s\d+ ", drawn, re.MULTILINE)) == len(workflow.states)
        assert len(re.findall(r"^edge s\d+ ", drawn, re.MULTILINE)) == len(workflow.transitions)
