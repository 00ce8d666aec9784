"""Where the command line prints: answers on standard output, progress and faults beside it."""

from __future__ import annotations

import os
import sys
from typing import Any

from rich.console import Console

_WIDE = 160
"""Width where nobody looks: lines go into a file or a pipe."""


def answers() -> Console:
    """The console of the answers."""
    return _console(sys.stdout)


def asides() -> Console:
    """The console of progress."""
    return _console(sys.stderr)


class _Patient(Console):
    """A console that goes on in silence when whoever read its output has seen enough."""

    def on_broken_pipe(self) -> None:
        """Stop printing; the command still writes its files and gives its exit code."""
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())


def _console(stream: Any) -> Console:
    made = _Patient(file=stream, markup=False, highlight=False, emoji=False, soft_wrap=True)
    if not made.is_terminal:
        made.width = _WIDE
    return made


def put_data(text: str) -> None:
    """Print a document: UTF-8 on every system, as files are."""
    sys.stdout.flush()
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        sys.stdout.write(text)
    else:
        raw.write(text.encode("utf-8"))
        raw.flush()
