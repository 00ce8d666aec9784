"""The scenarios to choose from: those that come with the tool, and the person's own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import allocator
from allocator.county.frozen import DataError, Problem
from allocator.files import load, save
from allocator.files.naming import file_stem
from allocator.jobs.folder import own_only
from allocator.scenario import Scenario
from allocator.ui.logic.heads import Head, Version, head, version_of
from allocator.ui.logic.workspace import scenarios_folder

Origin = Literal["bundled", "own"]


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
    def head(self) -> Head:
        """What the file is about; a file that is gone meanwhile goes by its name."""
        try:
            return head(self.path, self.version)
        except OSError:
            return Head(self.path.stem)

    @property
    def title(self) -> str:
        """The title the file gives, else the file's name."""
        return self.head.title

    @property
    def version(self) -> Version:
        """Changes whenever the file does."""
        return version_of(self.path)

    @property
    def changed(self) -> datetime:
        """When the file was last changed, in local time."""
        return datetime.fromtimestamp(self.version[0] / 1e9)


def bundled_folder() -> Path:
    """Scenarios that come with the tool, beside its entry page."""
    return Path(allocator.__file__).resolve().parent.parent / "scenarios"


def entries() -> list[Entry]:
    """Every scenario: the person's own first, changed last first; then those of the tool."""
    own = sorted(_in("own", scenarios_folder()), key=lambda e: e.version, reverse=True)
    return [*own, *_in("bundled", bundled_folder())]


def _in(origin: Origin, folder: Path) -> Iterator[Entry]:
    if folder.is_dir():
        yield from (Entry(origin, p) for p in sorted(folder.glob("*.json"), key=lambda p: p.stem))


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
    path = free_path(folder, stem)
    save(scenario, path)
    return Entry("own", path)


def free_path(folder: Path, stem: str) -> Path:
    """A file of a name, numbered where the name is taken."""
    path, number = folder / f"{stem}.json", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.json", number + 1
    return path


def rename(key: str, title: str) -> None:
    """Give one of the person's own scenarios another title; file, key and edits stay.

    Raises
    ------
    DataError
        If the title is empty, or the scenario is not one of the person's own or cannot be read.
    OSError
        If the file cannot be written.
    """
    entry, name = entry_of(key), title.strip()
    if entry is None or entry.origin != "own":
        raise DataError((Problem("", "this scenario cannot be renamed: it is not one of yours"),))
    if not name:
        raise DataError((Problem("", "the scenario has no name: enter one"),))
    save(load(entry.path).model_copy(update={"title": name}), entry.path)


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
