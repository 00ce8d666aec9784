"""Where the command line prints: answers on standard output, progress and faults beside it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

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


def table(titles: Sequence[str], rows: Iterable[Sequence[str]], *, words: int = 1) -> Table:
    """A table with bare columns: the first ones words, the others figures."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for n, title in enumerate(titles):
        made.add_column(title, justify="left" if n < words else "right", no_wrap=n >= words)
    for row in rows:
        made.add_row(*row)
    return made
