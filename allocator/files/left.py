"""What a search leaves for the next one, as a file of arrays (npz)."""

from __future__ import annotations

import io
import zipfile
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from allocator.county.frozen import DataError, Problem
from allocator.files.text import write_aside
from allocator.solving.left import Left
from allocator.solving.program import Matrix

VERSION = 1


def save_left(left: Left, path: Path) -> None:
    """Write what a search leaves.

    Raises
    ------
    OSError
        If the file cannot be written; an old one is then untouched.
    """
    arrays: dict[str, Any] = {"version": np.array(VERSION)}
    for field in fields(Left):
        value = getattr(left, field.name)
        if isinstance(value, Matrix):
            arrays |= {f"{field.name}.{f.name}": getattr(value, f.name) for f in fields(Matrix)}
        elif isinstance(value, tuple):
            text = "\n".join(value).encode()
            arrays[field.name] = np.frombuffer(text, dtype=np.uint8)
        else:
            arrays[field.name] = np.asarray(value)
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)
    write_aside(path, content.getvalue())


def load_left(path: Path) -> Left:
    """Read what a search left.

    Raises
    ------
    DataError
        If it is no such file, or one of another version.
    OSError
        If it cannot be read.
    """
    content = path.read_bytes()
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            if int(arrays["version"]) != VERSION:
                raise ValueError
            return Left(**{field.name: _read(arrays, field.name) for field in fields(Left)})
    except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        text = "{path} does not hold what a search left for the next one: name another file"
        raise DataError((Problem("--warm", text, {"path": str(path)}),)) from error


def _read(arrays: Any, name: str) -> Any:
    if f"{name}.starts" in arrays:
        return Matrix(**{f.name: arrays[f"{name}.{f.name}"] for f in fields(Matrix)})
    value = arrays[name]
    if value.dtype == np.uint8:
        return tuple(value.tobytes().decode().split("\n"))
    return value.item() if value.ndim == 0 else value
