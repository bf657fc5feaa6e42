"""What is given away: the sdist and the wheel, and what a user's own file finds in them."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path
from shutil import copy, which

import pytest

ROOT = Path(__file__).parents[2]
USERS_FILE = Path(__file__).with_name("users_file.py")
NEEDED = ("build", "mypy", "pyright")
pytestmark = pytest.mark.long


def run(*command, cwd, status=0):
    done = subprocess.run(  # noqa: S603 - our own commands
        [str(each) for each in command],
        capture_output=True,
        check=False,
        cwd=cwd,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": ""},
    )
    assert done.returncode == status, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The sdist, and the wheel that is built of it alone."""
    if absent := [package for package in NEEDED if find_spec(package) is None]:
        pytest.skip(f"no package is built: {', '.join(absent)} not installed; pip install '.[dev]'")
    if not (ROOT / ".git").exists() or which("git") is None:
        pytest.skip("no package is built: this is no checkout that git knows")
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    (sdist,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def python(built, tmp_path_factory):
    """A Python with the wheel, what it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("user") / "venv"
    venv.create(folder, with_pip=True)
    run(folder / "bin" / "python", "-m", "pip", "install", "--quiet", built[1], cwd=folder)
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def users_file(tmp_path_factory):
    return Path(copy(USERS_FILE, tmp_path_factory.mktemp("file")))


def tracked(*folders):
    listed = run("git", "-C", ROOT, "ls-files", "-z", *folders, cwd=ROOT)
    return {path for path in listed.split("\0") if path and (ROOT / path).exists()}


def test_the_wheel_holds_every_file_of_the_library_and_nothing_else(built):
    with zipfile.ZipFile(built[1]) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
        licences = [name for name in wheel.namelist() if name.endswith("licenses/LICENSE")]
    assert held == tracked("docflow")
    assert "docflow/py.typed" in held
    assert licences


def test_the_sdist_holds_what_is_needed_to_build_test_and_read(built):
    with tarfile.open(built[0]) as sdist:
        held = {name.split("/", 1)[1] for name in sdist.getnames() if "/" in name}
    wanted = tracked("docflow", "examples", "tests", "docs", "README.md", "README.th.md", "LICENSE", "pyproject.toml")
    assert wanted <= held
    assert not [name for name in held if "__pycache__" in name or name.startswith((".venv", "docs/reference/api"))]


def test_a_users_file_runs_with_the_wheel_alone(python, users_file):
    said = run(python, users_file, cwd=users_file.parent)
    assert said.splitlines()[:2] == ["12 min", "2019-11-07T16:30:00+07:00"]


CHECKERS = {"mypy": ("--strict", "--python-executable"), "pyright": ("--pythonpath",)}


@pytest.mark.parametrize("checker", CHECKERS)
def test_type_checkers_find_no_fault_in_a_users_file_and_know_its_types(checker, python, users_file):
    command = [sys.executable, "-m", checker, *CHECKERS[checker], python]
    run(*command, users_file, cwd=users_file.parent)
    wrong = users_file.with_name("wrong.py")
    wrong.write_text("from docflow import WorkTime\nminutes: str = WorkTime(minutes=1).minutes\n", encoding="utf-8")
    said = run(*command, wrong, cwd=wrong.parent, status=1)
    assert "Fraction" in said, "the types are not seen: everything is Any"
