"""The pages of the tutorial write files where their reader stands; each is run in an empty folder of its own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder that is thrown away."""
    monkeypatch.chdir(tmp_path)
