"""Scenario files."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from pydantic import ValidationError

from allocator.county.frozen import DataError
from allocator.files.faults import merged, problems_in
from allocator.files.reading import read
from allocator.files.second_look import look_again
from allocator.files.text import canonical, write_aside
from allocator.files.versions import migrate
from allocator.scenario import VERSION, Scenario
from allocator.scenario.hashing import plain

_OPENED = frozenset({"county", "county.terms", "county.travel", "staffing", "admission"})


def load(path: str | PathLike[str]) -> Scenario:
    """Read a scenario.

    Raises
    ------
    DataError
        With everything that is wrong with the file, each with its path.
    """
    data, odd = read(Path(path))
    data = migrate(data, "allocator-scenario", VERSION)
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError as error:
        found = (*problems_in(error, data), *look_again(error, data))
        raise DataError(merged(odd, found)) from None
    if odd:
        raise DataError(odd)
    return scenario


def save(scenario: Scenario, path: str | PathLike[str]) -> None:
    """Write a scenario; the same scenario always gives the same bytes.

    Raises
    ------
    OSError
        If the file cannot be written; an old file is then untouched.
    """
    write_aside(Path(path), text_of(scenario))


def text_of(scenario: Scenario) -> str:
    """The text of a scenario file: one line for each teacher, school, rule, ..."""
    return canonical(plain(scenario), _OPENED)
