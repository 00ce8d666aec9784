"""Cross-checks of county and settings: published moves that name nobody or nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
