"""The canonical text of a document: readable differences, and the same bytes for the same data."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Set
from contextlib import suppress
from pathlib import Path
from typing import Any

from allocator.scenario.hashing import one_line

_WIDTH = 100


def canonical(data: dict[str, Any], opened: Set[str]) -> str:
    """The text of a document: one line a record, ending in a newline.

    Parameters
    ----------
    opened
        Which objects below the top are written one key a line, as ``county`` or ``parts[].plan``.
        In an opened object a list of records, or one too long for a line, has one line an item.
    """
    return "".join(_write(data, "", 0, opened)) + "\n"


def _write(value: Any, path: str, depth: int, opened: Set[str]) -> Iterator[str]:
    inside = "\n" + "  " * (depth + 1)
    if isinstance(value, dict) and value and (path in opened or not path):
        for n, (key, item) in enumerate(value.items()):
            yield ("," if n else "{") + inside + one_line(key) + ": "
            yield from _write(item, f"{path}.{key}" if path else key, depth + 1, opened)
        yield "\n" + "  " * depth + "}"
    elif isinstance(value, list) and value and _long(value):
        for n, item in enumerate(value):
            yield ("," if n else "[") + inside
            yield from _write(item, f"{path}[]", depth + 1, opened)
        yield "\n" + "  " * depth + "]"
    else:
        yield one_line(value)


def _long(value: list[Any]) -> bool:
    return isinstance(value[0], dict) or len(one_line(value)) > _WIDTH


def write_aside(path: Path, content: str | bytes) -> None:
    """Write a file beside its place, then put it there: a reader never sees half a file.

    Raises
    ------
    OSError
        If the folder cannot be written to; an old file is then untouched.
    """
    content = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_symlink():
        path = path.resolve()
    if path.exists() and not path.is_file():
        # A device or a pipe is written to, never replaced.
        path.write_bytes(content)
        return
    aside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with aside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            aside.chmod(path.stat().st_mode & 0o777)
        os.replace(aside, path)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise
