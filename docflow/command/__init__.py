"""The command `python -m docflow`: reports, deadlines, letters, stores and pages, without writing a program.

What each part of it is asked for stands in `options`, and what it does in a module of its own, which is loaded when it
is asked, with the packages it needs.
"""

from docflow.command.commands import main

__all__ = ["main"]
