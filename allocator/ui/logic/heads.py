"""What a scenario file is about, read from its first and last lines: no teacher is looked at."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from allocator.scenario import PARTS, PartName

Version = tuple[int, int]
"""Changes whenever a file does: time of its last change, and size."""

_START = 4096
"""Bytes in which a file written by this tool names title, county and month."""
_TEXT = r'"(?:[^"\\]|\\.)*"'
_TITLE = re.compile(rf'\n  "title": ({_TEXT})')
_NAME = re.compile(rf'\n    "name": ({_TEXT})')
_MONTH = re.compile(rf'\n    "as_of": ({_TEXT})')
_PART = re.compile(rb'\n  "(staffing|admission)": \{')
_WALKS = re.compile(rb'\n *\{"rule": "walking", "firmness": "must"')
_SETTINGS = re.compile(rb'\n  "settings": ')
_OWN_TITLE = re.compile(rb'\n  "title": [^\n]*')


@dataclass(frozen=True)
class Head:
    """What a scenario file is about."""

    title: str
    county: str = ""
    as_of: str = ""
    """Month of the data, YYYY-MM."""
    parts: tuple[PartName, ...] = PARTS
    walks: bool = False
    """Whether its rule on walking is in force."""


@lru_cache(maxsize=512)
def head(path: Path, version: Version) -> Head:
    """The head of a file, read once as long as the file stays as it is.

    A file that is no scenario goes by its name.
    """
    del version
    try:
        content = path.read_bytes()
    except OSError:
        return Head(path.stem)
    return _from_lines(content) or _from_data(content) or Head(path.stem)


def _from_lines(content: bytes) -> Head | None:
    """The head of a file in the form this tool writes, None where it has another form."""
    start = content[:_START].decode("utf-8", "ignore")
    found = [pattern.search(start) for pattern in (_TITLE, _NAME, _MONTH)]
    named = {part.decode() for part in _PART.findall(content)}
    if not named or not _SETTINGS.search(content):
        return None
    try:
        words = [str(json.loads(match.group(1))) for match in found if match is not None]
    except ValueError:
        return None
    if len(words) < len(found):
        return None
    parts = tuple(p for p in PARTS if p in named)
    return Head(words[0], words[1], words[2], parts, _WALKS.search(content) is not None)


def _from_data(content: bytes) -> Head | None:
    try:
        data = json.loads(content)
    except ValueError:
        return None
    if not isinstance(data, dict) or not isinstance(data.get("title"), str):
        return None
    county: Any = data.get("county")
    told = county if isinstance(county, dict) else {}
    return Head(
        title=data["title"],
        county=str(told.get("name", "")),
        as_of=str(told.get("as_of", "")),
        parts=tuple(p for p in PARTS if data.get(p) is not None) or PARTS,
        walks=_walks(data.get("staffing")),
    )


def _walks(staffing: Any) -> bool:
    rules = staffing.get("rules", ()) if isinstance(staffing, dict) else ()
    listed = [r for r in rules if isinstance(r, dict)] if isinstance(rules, list) else []
    return any((r.get("rule"), r.get("firmness")) == ("walking", "must") for r in listed)


@lru_cache(maxsize=512)
def fingerprint(path: Path, version: Version) -> str:
    """The same for two files of this tool that hold the same county and ask for the same.

    Title and settings of the search stay outside. Files in another form than this tool writes
    may differ although they mean the same.
    """
    del version
    content = path.read_bytes()
    end = None
    for match in _SETTINGS.finditer(content):
        end = match.start()
    return hashlib.sha256(_OWN_TITLE.sub(b"", content[:end], count=1)).hexdigest()


def version_of(path: Path) -> Version:
    """The version of a file.

    Raises
    ------
    OSError
        If it is not there.
    """
    told = path.stat()
    return told.st_mtime_ns, told.st_size
