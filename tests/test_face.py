import subprocess
import sys
from pathlib import Path

import pytest

import docflow

ROOT = Path(docflow.__file__).parent


def test_the_face_is_sorted_and_every_name_on_it_exists():
    assert docflow.__all__ == sorted(docflow.__all__)
    assert dir(docflow) == docflow.__all__
    for name in docflow.__all__:
        assert getattr(docflow, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'timer'"):
        docflow.timer  # noqa: B018 - asked for on purpose


def test_the_import_loads_nothing_before_it_is_used():
    code = (
        "import sys, docflow\n"
        "loaded = set(sys.modules)\n"
        "assert not loaded & {'attrs', 'pendulum', 'transitions', 'workalendar', 'rich', 'numpy', 'hypothesis'}\n"
        "docflow.bangkok.office_clock()\n"
        "assert not set(sys.modules) & {'rich', 'numpy', 'pandas', 'polars', 'hypothesis'}\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT.parent)  # noqa: S603 - our own code
