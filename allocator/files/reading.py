"""From bytes to data: what makes a file no document at all is said in plain words."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allocator.county.frozen import DataError, Problem

_DEEPEST = 60
"""Levels of nesting no document of ours comes near."""

_DIGITS = 15
"""Whole numbers of more digits are no number of people, places or minutes."""


@dataclass(frozen=True)
class NoNumber:
    """A number that JSON or Python can write and no document may hold: NaN, 1e999, ..."""

    text: str

    def __str__(self) -> str:
        """Give it as it is written."""
        return self.text


class Doubled(dict[str, Any]):
    """An object that names the same field twice."""

    again: tuple[str, ...] = ()


def read(path: Path) -> tuple[Any, tuple[Problem, ...]]:
    """The data of a JSON file, and what JSON allows but no document may hold.

    Raises
    ------
    DataError
        If there is no such file, or it is no JSON in UTF-8.
    """
    text = text_at(path)
    name = str(path)
    try:
        data = json.loads(
            text,
            parse_float=_float,
            parse_int=_int,
            parse_constant=NoNumber,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        fault = "not a JSON file: line {line}, column {column} cannot be read"
        raise _refused(Problem(name, fault, place)) from None
    except RecursionError:
        raise _refused(Problem(name, "nested too deeply to be a document")) from None
    return data, tuple(_oddities(data, "", 0))


def _refused(problem: Problem) -> DataError:
    return DataError((problem,))


def text_at(path: Path) -> str:
    """The text of a file in UTF-8, with or without a byte order mark.

    Raises
    ------
    DataError
        If there is no such file, it cannot be read, is not in UTF-8, or is empty.
    """
    name = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        problem = Problem(name, "there is no such file: correct the name")
    except UnicodeDecodeError as error:
        fault = "not in UTF-8 (byte {position}): save it as UTF-8"
        problem = Problem(name, fault, {"position": error.start})
    except (OSError, ValueError) as error:
        if path.is_dir():
            problem = Problem(name, "this is a folder: name a file in it")
        else:
            reason = getattr(error, "strerror", None) or str(error)
            fault = "the file cannot be read ({reason}): check name and rights"
            problem = Problem(name, fault, {"reason": reason})
    else:
        if text.strip():
            return text
        problem = Problem(name, "the file is empty: choose one saved by this tool")
    raise _refused(problem)


def _float(text: str) -> float | NoNumber:
    number = float(text)
    return number if math.isfinite(number) else NoNumber(text)


def _int(text: str) -> int | NoNumber:
    return int(text) if len(text) <= _DIGITS else NoNumber(text[:40])


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) == len(pairs):
        return data
    doubled = Doubled(data)
    doubled.again = tuple(k for k, times in Counter(k for k, _ in pairs).items() if times > 1)
    return doubled


def _oddities(value: Any, path: str, depth: int) -> Iterator[Problem]:
    """What JSON allows and a document must not hold."""
    if depth > _DEEPEST:
        yield Problem(path, "nested too deeply to be a document")
    elif isinstance(value, dict):
        for key in getattr(value, "again", ()):
            yield Problem(path, "field {name} is given twice: keep one", {"name": key})
        for key, item in value.items():
            yield from _oddities(item, f"{path}.{key}" if path else key, depth + 1)
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from _oddities(item, f"{path}[{n}]", depth + 1)
    elif isinstance(value, NoNumber):
        text = "{given} is no number a document can hold: correct it"
        yield Problem(path, text, {"given": value.text})
    elif isinstance(value, str) and not value.isascii() and not _sound(value):
        yield Problem(path, "the text holds half a character: type it again")


def _sound(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
