"""The scenarios to choose from: those that come with the tool, and the person's own."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import allocator
from allocator.county.frozen import DataError, Problem
from allocator.files import load, save
from allocator.jobs.folder import own_only
from allocator.scenario import Scenario
from allocator.ui.logic.workspace import scenarios_folder

Origin = Literal["bundled", "own"]

_HEAD = 4096
"""Bytes in which a scenario file names its title."""
_TITLE = re.compile(r'"title":\s*("(?:[^"\\]|\\.)*")')
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
"""What Windows allows in no file name."""
_LONGEST = 80


@dataclass(frozen=True)
class Entry:
    """One scenario file of the library."""

    origin: Origin
    path: Path

    @property
    def key(self) -> str:
        """The name of the entry in addresses."""
        return f"{self.origin}/{self.path.stem}"

    @property
    def title(self) -> str:
        """The title the file gives, read without reading all of it; else the file's name."""
        try:
            with self.path.open("rb") as file:
                found = _TITLE.search(file.read(_HEAD).decode("utf-8", "ignore"))
            return str(json.loads(found.group(1))) if found else self.path.stem
        except (OSError, ValueError):
            return self.path.stem

    @property
    def version(self) -> tuple[int, int]:
        """Changes whenever the file does."""
        told = self.path.stat()
        return told.st_mtime_ns, told.st_size


def bundled_folder() -> Path:
    """Scenarios that come with the tool, beside its entry page."""
    return Path(allocator.__file__).resolve().parent.parent / "scenarios"


def entries() -> list[Entry]:
    """Every scenario, the person's own first."""
    return [*_in("own", scenarios_folder()), *_in("bundled", bundled_folder())]


def _in(origin: Origin, folder: Path) -> Iterator[Entry]:
    if folder.is_dir():
        yield from (Entry(origin, p) for p in sorted(folder.glob("*.json")))


def entry_of(key: str | None) -> Entry | None:
    """The entry of a key, None if there is none; a key never leads out of the two folders."""
    return next((e for e in entries() if e.key == key), None)


def keep(scenario: Scenario, name: str) -> Entry:
    """Keep a scenario among the person's own under a name that is still free.

    Raises
    ------
    DataError
        If nothing of the name can stand in a file name.
    OSError
        If the folder cannot be written to.
    """
    stem = file_stem(name)
    if not stem:
        raise DataError((Problem("", "the scenario has no name: enter one"),))
    folder = scenarios_folder()
    own_only(folder)
    path, number = folder / f"{stem}.json", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.json", number + 1
    save(scenario, path)
    return Entry("own", path)


def bring_in(content: bytes, name: str) -> Entry:
    """Check a scenario file from elsewhere and keep it among the person's own.

    Raises
    ------
    DataError
        With everything that is wrong with the file.
    """
    with tempfile.TemporaryDirectory(prefix="allocator-") as folder:
        # Problems name the file: it keeps the name the person knows.
        path = Path(folder) / f"{file_stem(Path(name).stem) or 'scenario'}.json"
        path.write_bytes(content)
        try:
            scenario = load(path)
        except DataError as error:
            told = (Problem(_short(p.path, path), p.text, p.details) for p in error.problems)
            raise DataError(tuple(told)) from None
    return keep(scenario, Path(name).stem)


def _short(where: str, path: Path) -> str:
    return path.name if where == str(path) else where


def file_stem(name: str) -> str:
    """A name as it can stand in a file name on any system."""
    return _FORBIDDEN.sub(" ", name).strip(" .")[:_LONGEST].strip()
