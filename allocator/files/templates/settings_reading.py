"""Settings read back from a workbook of this tool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from allocator.county.frozen import DataError, Problem
from allocator.county.plan import Move
from allocator.files.books import RawBook
from allocator.files.books.book import cell_path
from allocator.files.faults import problems_in
from allocator.files.templates.settings_lines import (
    FIRM,
    PUBLISHED_TERM,
    general_lines,
    rule_lines,
)
from allocator.files.templates.settings_sheets import (
    CODE,
    GOAL_COLUMN,
    MOVE_COLUMNS,
    PARAMETER_COLUMN,
    PART_COLUMN,
    RULE_COLUMN,
    VALUE,
)
from allocator.files.templates.wording import (
    GOALS,
    PUBLISHED,
    RULES,
    SETTINGS,
)
from allocator.insight.vocabulary import PART
from allocator.modelling import Text
from allocator.scenario import PARTS, Admission, PartName, Scenario, Staffing
from allocator.scenario.checks import division_problems, published_problems
from allocator.scenario.scenario import Settings

_PART: Mapping[PartName, type[Staffing | Admission]] = {
    "staffing": Staffing,
    "admission": Admission,
}

_NO_SETTING = "{code} is no setting: correct the code or remove the row"


@dataclass
class _Read:
    """What the sheets of the settings say, with the cell of everything."""

    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def put(self, path: str, value: Any, cell: str) -> None:
        """Enter a value by its path."""
        steps = path.split(".")
        inner = self.data
        for step in steps[:-1]:
            inner = inner.setdefault(step, {})
        inner[steps[-1]] = value
        self.cells[path] = cell


def with_settings(scenario: Scenario, book: RawBook) -> Scenario:
    """The scenario with the settings a workbook holds; what it does not name stays.

    Raises
    ------
    DataError
        With the cell of everything that cannot be used.
    """
    read = _Read()
    parts = _general(scenario, book, read)
    _rules(book, read)
    _goals(book, read)
    _published(book, read)
    made: dict[str, Any] = {n: read.data[n] for n in ("title", "notes") if n in read.data}
    if "settings" in read.data:
        given = {**scenario.settings.model_dump(), **read.data["settings"]}
        made["settings"] = _checked(Settings, given, "settings", read)
    for part in PARTS:
        made[part] = _part(scenario, part, parts, read)
    if "title" in made and not made["title"]:
        problem = Problem(read.cells["title"], "the field is missing: add it")
        read.problems.append(problem)
    if read.problems:
        raise DataError(tuple(read.problems))
    changed = scenario.model_copy(update=made)
    problems = _crossed(changed)
    if problems:
        raise DataError(tuple(_placed(p, read) for p in problems))
    return changed


def _crossed(scenario: Scenario) -> tuple[Problem, ...]:
    """What county and settings say against each other."""
    problems: tuple[Problem, ...] = ()
    if scenario.staffing is not None:
        problems += published_problems(scenario.county, scenario.staffing.terms.published)
    if scenario.admission is not None:
        problems += division_problems(scenario.county, scenario.admission.terms)
    return problems


def _general(scenario: Scenario, book: RawBook, read: _Read) -> tuple[PartName, ...]:
    """Title, notes, parts, terms; gives the parts the scenario is to hold."""
    rows = list(_rows(book, SETTINGS, (CODE, VALUE)))
    both = scenario.model_copy(
        update={part: scenario.part(part) or _PART[part]() for part in PARTS}
    )
    lines = {line.path: line for line in general_lines(both)}
    parts = scenario.parts
    for sheet, number, (path, value), at in rows:
        where = cell_path(sheet, number, at[1])
        line = lines.get(str(path))
        if line is None or line.path == PUBLISHED_TERM:
            where = cell_path(sheet, number, at[0])
            read.problems.append(Problem(where, _NO_SETTING, {"code": str(path)}))
            continue
        meant = line.value(value)
        if line.path != "parts":
            read.put(line.path, meant, where)
            continue
        unknown = [p for p in meant if p not in PARTS]
        for given in unknown:
            details = {"given": given, "expected": "、".join(t.zh for t in PART.values())}
            text = "{given} is not one of the choices: choose {expected}"
            read.problems.append(Problem(where, text, details))
        parts = tuple(p for p in PARTS if p in meant)
    return parts


def _rules(book: RawBook, read: _Read) -> None:
    """Rules in the order in which they first stand, each with all its rows."""
    columns = (PART_COLUMN, RULE_COLUMN, PARAMETER_COLUMN, VALUE)
    rules: dict[tuple[str, str], dict[str, Any]] = {}
    for sheet, number, (part, name, parameter, value), at in _rows(book, RULES, columns):
        key = (_part_code(part), str(name))
        known = {line.path: line for line in rule_lines(key[0], key[1])} if key[0] in PARTS else {}
        line = known.get(str(parameter))
        if line is None:
            code = ".".join(str(p) for p in (part, name, parameter) if p is not None)
            where = cell_path(sheet, number, at[1])
            read.problems.append(Problem(where, _NO_SETTING, {"code": code}))
            continue
        entry = rules.setdefault(key, {"rule": key[1], "parameters": {}})
        order = [k for k in rules if k[0] == key[0]].index(key)
        path = f"{key[0]}.rules[{order}]"
        if line.path == FIRM:
            entry["firmness"] = line.value(value)
            read.cells[f"{path}.firmness"] = cell_path(sheet, number, at[3])
        else:
            entry["parameters"][line.path] = line.value(value)
            read.cells[f"{path}.parameters.{line.path}"] = cell_path(sheet, number, at[3])
        read.cells.setdefault(path, cell_path(sheet, number, at[1]))
    for (part, _), entry in rules.items():
        read.data.setdefault(part, {}).setdefault("rules", []).append(entry)


def _part_code(told: Any) -> str:
    """A part by its code or its words."""
    text = str(told).strip()
    return next((part for part in PARTS if text in (part, *PART[part])), text)


def _goals(book: RawBook, read: _Read) -> None:
    for sheet, number, (told, goal), at in _rows(book, GOALS, (PART_COLUMN, GOAL_COLUMN)):
        part = _part_code(told)
        if part not in PARTS:
            where = cell_path(sheet, number, at[0])
            read.problems.append(Problem(where, _NO_SETTING, {"code": str(told)}))
            continue
        goals = read.data.setdefault(part, {}).setdefault("goals", [])
        goals.append(str(goal))
        read.cells[f"{part}.goals[{len(goals) - 1}]"] = cell_path(sheet, number, at[1])


def _published(book: RawBook, read: _Read) -> None:
    names = list(Move.model_fields)
    columns = tuple(MOVE_COLUMNS[name] for name in names)
    moves: list[dict[str, Any]] = []
    for sheet, number, values, at in _rows(book, PUBLISHED, columns):
        path = f"{PUBLISHED_TERM}[{len(moves)}]"
        moves.append({n: v for n, v in zip(names, values, strict=True) if v is not None})
        for name, column in zip(names, at, strict=True):
            read.cells[f"{path}.{name}"] = cell_path(sheet, number, column)
    if moves:
        read.data.setdefault("staffing", {}).setdefault("terms", {})["published"] = moves


def _part(
    scenario: Scenario, part: PartName, parts: tuple[PartName, ...], read: _Read
) -> Staffing | Admission | None:
    if part not in parts:
        return None
    model, held = _PART[part], scenario.part(part)
    given = read.data.get(part, {})
    if held is None:
        made: Staffing | Admission | None = _checked(model, given, part, read)
        return made
    if not given:
        return held
    plain = held.model_dump(mode="json")
    terms = _merged(plain["terms"], given.get("terms", {}))
    known = {rule["rule"]: rule for rule in plain["rules"]}
    if "rules" in given:
        given["rules"] = [_merged(known.get(r["rule"], {}), r) for r in given["rules"]]
    made = _checked(model, {**plain, **given, "terms": terms}, part, read)
    return made


def _merged(before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(before)
    for name, value in given.items():
        inner = made.get(name)
        made[name] = _merged(inner, value) if isinstance(inner, dict) else value
    return made


def _checked(model: Any, data: Any, path: str, read: _Read) -> Any:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = problems_in(error, data)
        named = (replace(p, path=f"{path}.{p.path}" if p.path else path) for p in found)
        read.problems += [_placed(p, read) for p in named]
    except DataError as error:
        named = (replace(p, path=f"{path}.{p.path}" if p.path else path) for p in error.problems)
        read.problems += [_placed(p, read) for p in named]
    return None


def _placed(problem: Problem, read: _Read) -> Problem:
    """A problem by the cell it came from, else by the nearest one around it."""
    path = problem.path
    while path:
        if path in read.cells:
            return replace(problem, path=read.cells[path])
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return problem


def _rows(
    book: RawBook, name: Text, columns: tuple[Text, ...]
) -> Iterator[tuple[str, int, tuple[Any, ...], tuple[int, ...]]]:
    """The rows of a sheet that have a first column: sheet, row, cells, columns."""
    for sheet in book.sheets:
        if sheet.name not in name or not sheet.rows:
            continue
        headings = [str(cell or "").strip() for cell in sheet.rows[0]]
        at = []
        for column in columns:
            found = next((n for n, h in enumerate(headings) if h in column), None)
            if found is None:
                text = "sheet {sheet} has no column {column}: restore its heading"
                details = {"sheet": sheet.name, "column": column.zh}
                raise DataError((Problem(f"{sheet.name}!A1", text, details),))
            at.append(found)
        for number, row in enumerate(sheet.rows[1:], start=1):
            cells = tuple(row[n] if n < len(row) else None for n in at)
            if cells[0] is not None:
                yield sheet.name, number, cells, tuple(at)
