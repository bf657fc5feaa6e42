"""Processes that are forked from the tests, so that they need not start: what each gives back, or why it failed."""

import json
import os
import traceback
import warnings


def fork():
    """A child as `os.fork` makes it; 0 in the child itself."""
    with warnings.catch_warnings():
        # A worker of tests has a thread of its own, which the child leaves alone.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def start(work, *given):
    """Let a child do some work; what `end` needs to wait for it."""
    ours, its = os.pipe()
    child = fork()
    if child:
        os.close(its)
        return child, ours
    said = None
    try:
        os.close(ours)
        said = {"gave": work(*given)}
    except BaseException:  # noqa: BLE001 - whatever it was, the test says it
        said = {"failed": traceback.format_exc()}
    finally:
        with os.fdopen(its, "w", encoding="utf-8") as pipe:
            json.dump(said, pipe)
        os._exit(0)


def end(started):
    """What a child gave back."""
    child, pipe = started
    with os.fdopen(pipe, encoding="utf-8") as told:
        said = told.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said = json.loads(said) if said else {"failed": f"it ended with {code}"}
    assert "failed" not in said, said["failed"]
    return said["gave"]


def in_a_child(work, *given):
    """What work gives that is done in a child."""
    return end(start(work, *given))
