"""Files a command will write: refused before hours are spent, not after."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from allocator.county.frozen import DataError, Problem


def check_output(path: Path | None, *inputs: Path) -> None:
    """Refuse one file that cannot be written.

    Raises
    ------
    DataError
        If its folder is missing or closed, it is a folder itself, or an input would be overwritten.
    """
    if problems := tuple(output_problems(path, "--out", inputs)):
        raise DataError(problems)


def check_outputs(out: Path | None, json: Path | None, *inputs: Path) -> None:
    """Refuse what cannot be written, all at once.

    Raises
    ------
    DataError
        If a folder is missing or closed, a name is a folder's, one file is named twice, or an
        input would be overwritten.
    """
    problems = [
        *output_problems(out, "--out", inputs),
        *output_problems(json, "--json", inputs),
    ]
    if out is not None and out.suffix.lower() != ".xlsx":
        text = "{path} must end in .xlsx: it is a workbook"
        problems.append(Problem("--out", text, {"path": str(out)}))
    if out is not None and json is not None and same_file(out, json):
        text = "{path} is named for two files: give each its own name"
        problems.append(Problem("--json", text, {"path": str(json)}))
    if problems:
        raise DataError(tuple(problems))


def check_warm(path: Path | None, *others: Path) -> None:
    """Refuse a file for what a search leaves that cannot be read or written.

    Raises
    ------
    DataError
        If it holds something else, cannot be written, or is named for something else as well.
    """
    problems = tuple(output_problems(path, "--warm", others))
    if problems:
        raise DataError(problems)
    if path is not None and path.exists():
        from allocator.files.left import load_left

        load_left(path)


def output_problems(path: Path | None, option: str, inputs: tuple[Path, ...]) -> Iterator[Problem]:
    """What forbids writing one file."""
    if path is None:
        return
    details = {"path": str(path), "folder": str(path.parent)}
    if any(same_file(path, given) for given in inputs):
        yield Problem(option, "{path} is an input: it must not be overwritten", details)
    elif path.is_dir():
        yield Problem(option, "{path} is a folder: name a file in it", details)
    elif not path.parent.is_dir():
        yield Problem(option, "there is no folder {folder}: make it first", details)
    elif not _writable(path):
        text = "{path} cannot be written: close it elsewhere or choose another name"
        yield Problem(option, text, details)


def same_file(a: Path, b: Path) -> bool:
    """Whether two paths name one file."""
    return a.resolve() == b.resolve()


def _writable(path: Path) -> bool:
    """Whether the file can be written; a workbook open in Excel cannot on Windows."""
    if not os.access(path.parent, os.W_OK):
        return False
    if not path.exists():
        return True
    try:
        with path.open("r+b"):
            return True
    except OSError:
        return False
