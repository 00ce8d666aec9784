"""Lists that come back from schools: what they correct, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from allocator.county.checks import problems_of
from allocator.county.corrections import Correction
from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.files.books import RawBook
from allocator.files.forms.returned_rows import Line, ReturnedSheet, returned_sheets
from allocator.insight.confirm_tables import confirmable
from allocator.records import Change, table
from allocator.scenario import Scenario


@dataclass(frozen=True)
class Returned:
    """What came back (回收的核对表).

    Attributes
    ----------
    lines
        The lines that correct something, by school and teacher.
    problems
        Everything that stands against taking them over, with file, sheet and row.
    schools
        Schools whose lists came back.
    missing
        Public schools with teachers whose lists did not.
    scenario
        With the corrections; None where there are problems.
    """

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    schools: tuple[str, ...]
    missing: tuple[str, ...]
    scenario: Scenario | None


def read_returned(scenario: Scenario, books: Iterable[RawBook]) -> Returned:
    """Read lists that came back; nothing is changed by that."""
    county = scenario.county
    known = confirmable(scenario)
    problems: list[Problem] = []
    sheets: list[ReturnedSheet] = []
    for book in books:
        found = returned_sheets(book, county, known)
        sheets += found
        if not found:
            text = "no sheet of it is a list to confirm: send the file that the bureau wrote"
            problems.append(Problem(book.name, text))
        for sheet in found:
            problems += sheet.problems
            problems += _left_out(sheet, county)
    lines, twice = _once(line for sheet in sheets for line in sheet.lines)
    problems += twice
    changing = tuple(line for line in lines if line.corrects(county))
    made = corrected_scenario(scenario, changing)
    problems += _refused(made.county, changing)
    schools = {sheet.school for sheet in sheets if sheet.school}
    every = dict.fromkeys(school for school, _ in known.values())
    return Returned(
        lines=changing,
        problems=tuple(problems),
        schools=tuple(s for s in county.school if s in schools),
        missing=tuple(s for s in county.school if s in every and s not in schools),
        scenario=None if problems else made,
    )


def corrected_scenario(scenario: Scenario, lines: Sequence[Line]) -> Scenario:
    """The scenario with the corrections of lines, through the table that pages edit."""
    edits = [
        Change("cell", line.teacher.id, field, value)
        for line in lines
        for field, value in (
            ("status", line.status),
            ("ground", line.ground),
            ("note", line.note),
            ("confirmed_by", line.confirmed_by),
        )
    ]
    changed = table("corrections").changed(scenario.county, edits)
    return scenario.model_copy(update={"county": changed})


def changes_table(scenario: Scenario, lines: Sequence[Line]) -> pd.DataFrame:
    """The change list: who, from, to, by whom. Internal, as it tells grounds."""
    county = scenario.county
    rows = [
        {
            "school": county.school[line.school].name,
            "teacher": line.teacher.id,
            "name": line.teacher.name,
            "standing_now": county.standings[line.teacher.id].status,
            "reason_now": county.standings[line.teacher.id].reason,
            "corrected_to": line.status,
            "corrected_ground": line.ground,
            "note": line.note,
            "confirmed_by": line.confirmed_by,
            "found_in": line.where,
        }
        for line in lines
    ]
    return pd.DataFrame(rows, columns=list(_CHANGES))


_CHANGES = (
    "school", "teacher", "name", "standing_now", "reason_now", "corrected_to",
    "corrected_ground", "note", "confirmed_by", "found_in",
)  # fmt: skip


def _left_out(sheet: ReturnedSheet, county: County) -> Iterator[Problem]:
    """Teachers of the school whose lines are gone."""
    if sheet.school is None:
        return
    here = set(sheet.seen)
    for teacher in county.teacher.values():
        if county.home(teacher).school.id == sheet.school and teacher.id not in here:
            text = "the line of teacher {id} is not there: put it back as the bureau sent it"
            yield Problem(sheet.where, text, {"id": teacher.id})


def _once(lines: Iterable[Line]) -> tuple[list[Line], list[Problem]]:
    """Each teacher's line, and those that say two different things."""
    found: dict[str, Line] = {}
    problems: list[Problem] = []
    for line in lines:
        first = found.setdefault(line.teacher.id, line)
        if first.answer != line.answer:
            text = "teacher {id} is answered otherwise at {first}: keep one answer"
            details = {"id": line.teacher.id, "first": first.where}
            problems.append(Problem(line.where, text, details))
    return sorted(found.values(), key=lambda line: (line.school, line.teacher.id)), problems


def _refused(county: County, lines: Sequence[Line]) -> Iterator[Problem]:
    """What the county's own checks say of the corrections, told where they were written."""
    where = {line.teacher.id: line.where for line in lines}
    corrections: tuple[Correction, ...] = county.corrections
    for problem in problems_of(county):
        head, found, _ = problem.path.partition("]")
        number = head.removeprefix("corrections[")
        who = corrections[int(number)].teacher if found and number.isdigit() else None
        path = where.get(who or "", problem.path)
        yield Problem(path, problem.text, problem.details)
