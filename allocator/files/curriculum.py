"""Periods tables from files: another province's curriculum plan, other loads.

A table is JSON, a list of subjects as in a scenario, or CSV with the columns ``id, name, name_en,
g1, ..., g9, primary_load, junior_load, arts_or_pe`` in any order. Faults of a CSV file are told by
cell, as a spreadsheet names it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from os import PathLike
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
from pydantic import Field, ValidationError

from allocator.county.county import County
from allocator.county.curriculum import Subject
from allocator.county.frozen import DataError, Frozen, Problem
from allocator.files.faults import merged, problems_in
from allocator.files.reading import read, text_at
from allocator.scenario import Scenario

_GRADES = tuple(f"g{grade}" for grade in range(1, 10))
COLUMNS = ("id", "name", "name_en", *_GRADES, "primary_load", "junior_load", "arts_or_pe")
"""Columns of a table in CSV."""
_YES_NO = {"是": "true", "否": "false", "": "false"}


class _Table(Frozen):
    """A periods table as a document."""

    subjects: Annotated[tuple[Subject, ...], Field(min_length=1)]


def load_curriculum(path: str | PathLike[str]) -> tuple[Subject, ...]:
    """Read a periods table (课程计划): CSV where the name ends so, else JSON.

    Raises
    ------
    DataError
        With everything that is wrong with the file: paths of a JSON file, cells of a CSV file.
    """
    file = Path(path)
    return _from_csv(file) if file.suffix.lower() == ".csv" else _from_json(file)


def with_curriculum(scenario: Scenario, subjects: Sequence[Subject]) -> Scenario:
    """The scenario with another periods table.

    Raises
    ------
    DataError
        If teachers, posts or jobs of the county name subjects that the table does not list.
    """
    held = {name: getattr(scenario.county, name) for name in County.model_fields}
    try:
        county = County(**{**held, "subjects": tuple(subjects)})
    except ValidationError as error:
        found = problems_in(error, {})
        raise DataError(
            tuple(Problem(f"county.{p.path}", p.text, p.details) for p in found)
        ) from None
    return scenario.model_copy(update={"county": county})


def _from_json(path: Path) -> tuple[Subject, ...]:
    data, odd = read(path)
    odd = tuple(Problem(f"subjects{p.path}", p.text, p.details) for p in odd)
    table, found = _checked({"subjects": data})
    if problems := merged(odd, found):
        raise DataError(problems)
    return table


def _checked(data: dict[str, Any]) -> tuple[tuple[Subject, ...], tuple[Problem, ...]]:
    """The subjects, or all that is wrong with them."""
    again = tuple(_again(data["subjects"]))
    try:
        table = _Table.model_validate(data).subjects
    except ValidationError as error:
        return (), (*problems_in(error, data), *again)
    return table, again


def _again(subjects: Any) -> Iterator[Problem]:
    """Codes used twice: told with the other faults, as a table with faults makes no county."""
    first: dict[str, int] = {}
    for n, subject in enumerate(subjects if isinstance(subjects, list) else ()):
        code = subject.get("id") if isinstance(subject, dict) else None
        if not isinstance(code, str) or not code:
            continue
        if code in first:
            yield Problem(
                f"subjects[{n}].id",
                "{id} is used twice, first at {first}: give each its own code",
                {"id": code, "first": f"subjects[{first[code]}]"},
            )
        first.setdefault(code, n)


def _from_csv(path: Path) -> tuple[Subject, ...]:
    text = text_at(path)
    # As wide as the longest line, so that a cell too many is told by its place, not by the parser.
    widest = max(line.count(",") for line in text.splitlines()) + 1
    try:
        cells = pd.read_csv(
            StringIO(text),
            header=None,
            names=list(range(widest)),
            index_col=False,
            dtype=str,
            keep_default_na=False,
            skip_blank_lines=False,
        ).fillna("")
    except pd.errors.ParserError as error:
        fault = "the table cannot be read ({reason}): save it as CSV again"
        raise DataError((Problem(str(path), fault, {"reason": str(error)}),)) from None
    cells = cells.map(str.strip)
    heads = cells.iloc[0].str.lower().tolist()
    problems = list(_headings(heads, cells))
    at = {name: n for n, name in reversed(list(enumerate(heads))) if name in COLUMNS}
    kept = [r for r in range(1, len(cells)) if any(cells.iloc[r])]
    rows = [{name: str(cells.iat[r, n]) for name, n in at.items()} for r in kept]
    empty = {
        f"subjects[{i}].{_field(name)}": _cell(kept[i], at[name])
        for i, row in enumerate(rows)
        for name in COLUMNS
        if name not in _FREE and row.get(name) == ""
    }
    problems += [
        Problem(where, "the cell is empty: enter a value, 0 where there are no periods")
        for where in empty.values()
    ]
    table, found = _checked({"subjects": [_subject(row) for row in rows]})
    problems += [
        Problem(_cell_of(p.path, kept, at), p.text, _in_cells(p.details, kept, at))
        for p in found
        if p.path not in empty and not _absent(p.path, at)
    ]
    if problems:
        raise DataError(tuple(problems))
    return table


_FREE = ("arts_or_pe",)
"""Columns whose cells may be empty."""


def _headings(heads: Sequence[str], cells: pd.DataFrame) -> Iterator[Problem]:
    """What is wrong with the first row, and cells under no heading."""
    times = Counter(heads)
    for n, name in enumerate(name for name in COLUMNS if not times[name]):
        fault = "column {name} is missing: add it"
        yield Problem(_cell(0, len(heads) + n), fault, {"name": name})
    for n, name in enumerate(heads):
        if name and name not in COLUMNS:
            yield Problem(_cell(0, n), "this field is unknown: correct its name or remove it")
        elif name and heads.index(name) < n:
            fault = "field {name} is given twice: keep one"
            yield Problem(_cell(0, n), fault, {"name": name})
        elif not name:
            for r in range(1, len(cells)):
                if cells.iat[r, n]:
                    yield Problem(_cell(r, n), "this cell stands under no heading: remove it")


def _subject(row: Mapping[str, str]) -> dict[str, Any]:
    """One row as a subject of a scenario file."""
    said = row.get("arts_or_pe", "").lower()
    made: dict[str, Any] = {n: row[n] for n in COLUMNS if n in row and n not in _GRADES}
    made["periods"] = [row.get(grade, "0") for grade in _GRADES]
    return {**made, "arts_or_pe": _YES_NO.get(said, said)}


def _field(name: str) -> str:
    """Where a column's value stands in a subject."""
    return f"periods[{_GRADES.index(name)}]" if name in _GRADES else name


def _parts(path: str) -> tuple[int, str] | None:
    """Number of the subject and column of a path."""
    found = re.fullmatch(r"subjects\[(\d+)\]\.(\w+)(?:\[(\d+)\])?", path)
    if found is None:
        return None
    return int(found[1]), found[2] if found[3] is None else _GRADES[int(found[3])]


def _absent(path: str, at: Mapping[str, int]) -> bool:
    """Whether a path lies in a column that is missing: told once, with the headings."""
    found = _parts(path)
    return found is not None and found[1] not in at


def _cell_of(path: str, kept: Sequence[int], at: Mapping[str, int]) -> str:
    """The cell that a path of a subject stands for."""
    found = _parts(path)
    return path if found is None else _cell(kept[found[0]], at[found[1]])


def _in_cells(
    details: Mapping[str, Any], kept: Sequence[int], at: Mapping[str, int]
) -> dict[str, Any]:
    """Details that name a subject's place, with its cell instead."""
    first = re.fullmatch(r"subjects\[(\d+)\]", str(details.get("first", "")))
    where = {"first": _cell(kept[int(first[1])], at["id"])} if first else {}
    return {**details, **where}


def _cell(row: int, column: int) -> str:
    """A cell as a spreadsheet names it; rows and columns counted from 0."""
    letters = ""
    column += 1
    while column:
        column, last = divmod(column - 1, 26)
        letters = chr(ord("A") + last) + letters
    return f"{letters}{row + 1}"
