"""A result is written whole or not at all, and never into what belongs to somebody else."""

import os
import re
import stat
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path

import pytest
from scripts import ROOT

from docflow import whole_file
from docflow.errors import FileError
from docflow.files import read_table
from docflow.report import script
from docflow.report.script import Arguments, as_json, run, same_file, see_output, write

LARGE = "หนังสือ\n" * 50_000


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def test_a_new_file_has_the_permissions_that_new_files_have(tmp_path):
    before = os.umask(0o027)
    try:
        write(tmp_path / "new", "text")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664])
def test_a_file_keeps_its_permissions(tmp_path, mode):
    file = tmp_path / "figures.json"
    file.write_text("old")
    file.chmod(mode)
    write(file, "new")
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("new", mode)


@pytest.mark.parametrize("own_group", [True, False])
def test_a_group_is_kept_or_what_it_was_allowed_goes_to_no_other(tmp_path, monkeypatch, own_group):
    """A file may be given to a group that the writer belongs to; never, but by the administrator, to another owner."""
    file, given = tmp_path / "figures.json", []
    file.write_text("old")
    file.chmod(0o2664)

    def chown(_, owner, group):
        if owner != -1 or not own_group:
            raise PermissionError
        given.append(group)

    monkeypatch.setattr(os, "chown", chown)
    write(file, "new")
    assert given == ([file.stat().st_gid] if own_group else [])
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("new", 0o2664 if own_group else 0o644)


def test_a_strangers_file_beside_it_is_neither_overwritten_nor_followed(tmp_path):
    for folder in (tmp_path / "work", tmp_path / "elsewhere"):
        folder.mkdir()
    (tmp_path / "elsewhere" / "victim").write_text("mine")
    (tmp_path / "work" / ".figures.json.part").symlink_to(tmp_path / "elsewhere" / "victim")
    (tmp_path / "work" / ".page.html.part").write_text("a stranger's")
    for name in ("figures.json", "page.html"):
        write(tmp_path / "work" / name, "new")
    assert (tmp_path / "elsewhere" / "victim").read_text() == "mine"
    assert names(tmp_path / "work") == [".figures.json.part", ".page.html.part", "figures.json", "page.html"]
    assert (tmp_path / "work" / ".page.html.part").read_text() == "a stranger's"


def test_paths_may_be_text(tmp_path):
    file = str(tmp_path / "figures.json")
    write(file, "new", source=[str(tmp_path / "register.csv"), tmp_path / "staff.csv"])
    for source in (file, [file], tmp_path / "figures.json"):
        with pytest.raises(FileError, match="is the file that was read"):
            write(file, "newer", source=source)
    assert Path(file).read_text() == "new"


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path):
    (tmp_path / "there").mkdir()
    for name in ("old", "new"):
        (tmp_path / name).symlink_to(tmp_path / "there" / name)
    (tmp_path / "there" / "old").write_text("old")
    for name in ("old", "new"):
        write(tmp_path / name, "text")
        assert (tmp_path / name).is_symlink()
        assert (tmp_path / "there" / name).read_text() == "text"


def test_two_writers_leave_the_text_of_one_of_them(tmp_path):
    file, texts = tmp_path / "page.html", [f"{n}{LARGE}" for n in range(4)]
    writers = [threading.Thread(target=write, args=(file, text)) for text in texts]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert file.read_text(encoding="utf-8") in texts
    assert names(tmp_path) == ["page.html"]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_what_fails_on_the_way_leaves_the_old_file_whole(tmp_path, monkeypatch, call):
    file = tmp_path / "figures.json"
    file.write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*{"fsync": (os, "fsync"), "replace": (Path, "replace")}[call], full)
    with pytest.raises(FileError, match=r"figures.json: cannot be written \(no space left on device\); name another"):
        write(file, "new")
    assert (file.read_text(), names(tmp_path)) == ("old", ["figures.json"])


def test_all_of_it_is_on_the_disk_before_it_takes_the_old_ones_place(tmp_path, monkeypatch):
    done = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (done.append(("sync", os.fstat(fd).st_size)), sync(fd)))
    monkeypatch.setattr(Path, "replace", lambda *paths: (done.append(("replace",)), replace(*paths)))
    write(tmp_path / "page.html", LARGE)
    assert done[:2] == [("sync", len(LARGE.encode())), ("replace",)]
    assert [what for what, *_ in done] == ["sync", "replace", "sync"], "the folder is synced last"


def test_where_nothing_can_be_written_one_sentence_says_so(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_text("old")
    places = {
        "loop": "too many levels of symbolic links",
        "n" * 300: "file name too long",
        "a\0b": "its name holds a character that no name of a file has",
        "half\ud800": "its name holds a character that no name of a file has",
        "missing/file": "no such file or directory",
        "file/below": "not a directory",
        ".": "is a directory",
    }
    for place, words in places.items():
        with pytest.raises(FileError) as refused:
            write(tmp_path / place, "new")
        assert f"cannot be written ({words})" in str(refused.value)
    assert (names(tmp_path), (tmp_path / "file").read_text()) == (["file", "loop"], "old")


def test_a_file_that_is_read_only_stays_as_it_is(tmp_path, monkeypatch):
    file = tmp_path / "figures.json"
    file.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # the administrator may write everything
    with pytest.raises(FileError, match="it is read-only"):
        write(file, "new")
    assert file.read_text() == "old"


def test_a_pipe_is_written_to_straight_away(tmp_path):
    pipe, found = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: found.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    write(pipe, LARGE)
    reader.join()
    assert (found, stat.S_ISFIFO(pipe.stat().st_mode)) == ([LARGE], True)


def test_written_to_where_it_prints_a_script_loses_neither(tmp_path):
    code = (
        "from pathlib import Path\nfrom docflow.report.script import write\n"
        "print('before'); write(Path('/dev/stdout'), 'figures\\n'); print('after')\n"
    )
    with (tmp_path / "out").open("wb") as out:
        subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", code], check=True, stdout=out, env={"PYTHONPATH": str(ROOT)}
        )
    assert (tmp_path / "out").read_text().split() == ["before", "figures", "after"]


def test_one_file_is_known_by_every_spelling(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there")
    for name in ("old", "new"):
        spellings = [
            Path("there") / name,
            Path("./there/../there") / name,
            tmp_path / "there" / name,
            Path("link") / name,
        ]
        if name == "old":
            (tmp_path / "there" / "old").write_text("old")
            (tmp_path / "hard").hardlink_to(tmp_path / "there" / "old")
            spellings.append(Path("hard"))
        assert all(same_file(one, other) for one in spellings for other in spellings)
        assert not same_file(spellings[0], Path("there/another"))
    assert not same_file(Path("a\0b"), Path("there/old"))
    for spelling in spellings:
        (tmp_path / "there" / "new").write_text("read")
        with pytest.raises(FileError, match="is the file that was read"):
            write(spelling, "new", source=[Path("there/new")])


def test_nothing_else_in_docflow_writes_a_file():
    """Every writer uses the one function, and scripts write to pipes."""
    sources = {
        file: re.sub(r"^ *(>>>|\.\.\.) .*$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)  # no examples
        for folder in ("docflow", "examples")
        for file in (ROOT / folder).rglob("*.py")
    }
    for writer in (script, whole_file):
        del sources[Path(writer.__file__)]
    for file, source in sources.items():
        for word in ("write_text", "write_bytes", 'open("w', 'open("x', 'open("a', ', "w"', "os.replace", "mkstemp"):
            assert word not in source, f"{word} in {file}"


@pytest.mark.parametrize("figure", [float("nan"), float("inf"), {"deep": [float("-inf")]}])
def test_what_json_cannot_hold_is_refused(figure):
    with pytest.raises(ValueError, match="these figures cannot be kept as JSON .*; leave out what is not finite"):
        as_json({"mean": figure})


def test_two_options_do_not_write_to_one_file(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    parser = Arguments()
    for option in ("--json", "--html", "--third"):
        parser.add_output(option, help="write there")
    assert parser.parse_args(["--json", "a", "--html", "b"]).third is None
    assert vars(parser.parse_args([])) == {"json": None, "html": None, "third": None}
    for given in (["--third", "x/../a", "--html", "a"], ["--html", "./a", "--third", str(tmp_path / "a")]):
        with pytest.raises(SystemExit):
            parser.parse_args(given)
        assert "--html and --third name one file; give each its own" in capsys.readouterr().err


def test_a_file_that_needs_a_package_which_is_not_installed_is_told_in_a_sentence(capsys, monkeypatch, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert run("script", lambda: read_table(path, ["A"])) == 2
    assert "script: sheets of Excel need openpyxl" in capsys.readouterr().err
    with pytest.raises(ModuleNotFoundError):
        run("script", lambda: import_module("no_such_package"))


@pytest.mark.parametrize("folder", [False, True])
@pytest.mark.parametrize(
    "name", ["new", "old", "folder", "folder/new", "old/new", "none/new", "loop", "a\0b", "x" * 300]
)
def test_what_can_be_written_is_seen_before(tmp_path, name, folder):
    """The oracle is the writing itself."""
    (tmp_path / "old").write_text("old")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    before = names(tmp_path)

    def tell(do):
        try:
            do()
        except FileError as error:
            return error.path
        return ""

    def make():
        if not folder:
            return write(tmp_path / name, "new")
        with whole_file.told(tmp_path / name):
            return (tmp_path / name).mkdir(parents=True, exist_ok=True)

    seen = tell(lambda: see_output(tmp_path / name, folder=folder))
    assert names(tmp_path) == before
    assert seen == tell(make)


def test_what_cannot_be_written_is_told_with_the_way_out(tmp_path):
    (tmp_path / "old").write_text("old")
    for folder, way in ((False, "name another file"), (True, "name another folder")):
        with pytest.raises(FileError, match=way):
            see_output(tmp_path / "old" / "new", folder=folder)
    with pytest.raises(FileError, match="is the file that was read"):
        see_output(tmp_path / "old", source=[tmp_path / "old"])
    see_output(os.devnull)
    with pytest.raises(FileError, match="is no file"):
        see_output(os.devnull, device=False)
