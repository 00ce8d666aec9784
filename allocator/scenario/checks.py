"""Cross-checks of county and settings: published moves, and columns a division counts by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from allocator.admission.terms import AdmissionTerms, WeightedColumn
from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.county.plan import Move


def published_problems(county: County, published: Iterable[Move]) -> tuple[Problem, ...]:
    """Everything that is wrong with the moves of a published plan."""
    moves, path = tuple(published), "staffing.terms.published"
    return (*_unknown(county, moves, path), *moved_twice(moves, path))


def _unknown(county: County, moves: Iterable[Move], path: str) -> Iterator[Problem]:
    for n, move in enumerate(moves):
        if move.teacher not in county.teacher:
            text = "teacher {id} of the published plan is not in the roster: remove the move"
            yield Problem(f"{path}[{n}].teacher", text, {"id": move.teacher})
        if move.destination not in county.places:
            text = "section {place} of the published plan is not in this county: remove the move"
            yield Problem(f"{path}[{n}].destination", text, {"place": move.destination})


def moved_twice(moves: Iterable[Move], path: str) -> tuple[Problem, ...]:
    """Teachers whom a published plan moves more than once."""
    first: dict[str, str] = {}
    text = "teacher {id} is moved twice in the published plan, first at {first}: keep one"
    problems = []
    for n, move in enumerate(moves):
        if move.teacher in first:
            details = {"id": move.teacher, "first": first[move.teacher]}
            problems.append(Problem(f"{path}[{n}].teacher", text, details))
        first.setdefault(move.teacher, f"{path}[{n}]")
    return tuple(problems)


def division_problems(county: County, terms: AdmissionTerms) -> tuple[Problem, ...]:
    """Everything that is wrong with the columns a division counts by."""
    return tuple(_wrong_columns(county, terms, "admission.terms"))


def _wrong_columns(county: County, terms: AdmissionTerms, path: str) -> Iterator[Problem]:
    if terms.base == "column":
        if terms.column is None:
            text = "the base is a column, but none is named: name one or choose another base"
            yield Problem(f"{path}.column", text)
        else:
            yield from _no_column(county, terms.column, f"{path}.column")
    if terms.base == "formula":
        if not terms.formula:
            text = "the base is a formula, but it has no column: add one or choose another base"
            yield Problem(f"{path}.formula", text)
        yield from _formula(county, terms.formula, f"{path}.formula")
        yield from _formula(county, terms.deductions, f"{path}.deductions")


def _formula(county: County, columns: tuple[WeightedColumn, ...], path: str) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for n, weighted in enumerate(columns):
        where = f"{path}[{n}].column"
        yield from _no_column(county, weighted.column, where)
        if weighted.column in first:
            text = "column {column} is listed twice, first at {first}: join the two weights"
            details = {"column": weighted.column, "first": first[weighted.column]}
            yield Problem(where, text, details)
        first.setdefault(weighted.column, f"{path}[{n}]")


def _no_column(county: County, column: str, path: str) -> Iterator[Problem]:
    figures = {f.name for school in county.junior_highs for f in school.figures}
    known = ["registered", "graduates", *sorted(figures)]
    if column not in known:
        text = "no junior high has a figure {column}: choose from {known}, or add the figure"
        yield Problem(path, text, {"column": column, "known": ", ".join(known)})
