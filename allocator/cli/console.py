"""Where the command line prints: answers on standard output, progress and faults beside it."""

from __future__ import annotations

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


def _console(stream: Any) -> Console:
    plain = Console(file=stream, markup=False, highlight=False, emoji=False, soft_wrap=True)
    if not plain.is_terminal:
        plain.width = _WIDE
    return plain


def put_data(text: str) -> None:
    """Print a document: UTF-8 on every system, as files are."""
    sys.stdout.flush()
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        sys.stdout.write(text)
    else:
        raw.write(text.encode("utf-8"))
        raw.flush()
