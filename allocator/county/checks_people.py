"""Cross-checks of decisions about people: terms, reductions, corrections, ties."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING

from allocator.county.frozen import Problem
from allocator.county.service import returns_home

if TYPE_CHECKING:
    from allocator.county.county import County
    from allocator.county.people import Teacher

_CLASSES = 3
"""Load classes that personal reductions may form beside the full load."""


def term_problems(
    path: str,
    teacher: Teacher,
    stages: Mapping[str, Container[str]],
    private: Mapping[str, bool],
) -> Iterator[Problem]:
    """A home that a teacher cannot return to; an unknown campus is told elsewhere.

    Parameters
    ----------
    stages, private
        Campus -> the stages taught there; whether its school is private.

    """
    term = teacher.running_term
    if term is None or term.home not in stages:
        return
    where = f"{path}.running_term.home"
    if term.home == teacher.campus:
        yield Problem(
            where,
            "{campus} is both home and where the term is served: correct one or drop the term",
            {"campus": term.home},
        )
    elif teacher.stage not in stages[term.home]:
        yield Problem(
            where,
            "campus {campus} has no {stage} section: correct the stage or the campus",
            {"campus": term.home, "stage": teacher.stage},
        )
    if (teacher.employment == "private") != private[term.home]:
        yield Problem(
            where,
            "the school of campus {campus} does not employ teacher {id}: only private schools "
            "employ privately; correct the home or the employment",
            {"campus": term.home, "id": teacher.id},
        )


def return_problems(path: str, teacher: Teacher, as_of: str) -> Iterator[Problem]:
    """Pins that send somewhere else a teacher whose term ends this year."""
    term = teacher.running_term
    if term is None or not returns_home(teacher, as_of):
        return
    for k, pin in enumerate(teacher.pins):
        if pin.kind == "goes" and pin.campus != term.home:
            yield Problem(f"{path}.pins[{k}].campus", RETURNS, returning(teacher))


RETURNS = (
    "the term of teacher {id} ends in {ends} and leads back to campus {home}: correct this, or say "
    "that the term goes on"
)


def returning(teacher: Teacher) -> dict[str, str]:
    """What the text on someone who returns is filled with."""
    term = teacher.running_term
    assert term is not None
    return {"id": teacher.id, "ends": term.ends, "home": term.home}


def reduction_problems(county: County) -> Iterator[Problem]:
    """Reductions that leave nothing of a load, or form too many load classes."""
    subjects = {s.id: s for s in county.subjects}
    for n, teacher in enumerate(county.teachers):
        subject = subjects.get(teacher.subject)
        load = subject.load(teacher.stage) if subject else None
        if load is not None and teacher.reduction >= load:
            yield Problem(
                f"teachers[{n}].reduction",
                "{reduction} periods less leave nothing of a load of {load}: correct it",
                {"reduction": teacher.reduction, "load": load},
            )
    given = sorted({t.reduction for t in county.teachers} - {0})
    if len(given) > _CLASSES:
        yield Problem(
            "teachers",
            "{number} different reductions are given ({given}): keep at most {most}",
            {"number": len(given), "given": ", ".join(map(str, given)), "most": _CLASSES},
        )


def correction_problems(county: County) -> Iterator[Problem]:
    """Corrections of nobody, of the same teacher twice, or of what the record itself says."""
    teachers = {t.id: t for t in county.teachers}
    private = {c.id: s.private for s in county.schools for c in s.campuses}
    first: dict[str, int] = {}
    for n, correction in enumerate(county.corrections):
        path, details = f"corrections[{n}]", {"id": correction.teacher}
        teacher = teachers.get(correction.teacher)
        if teacher is None:
            yield _unknown(f"{path}.teacher", correction.teacher)
            continue
        if correction.teacher in first:
            yield Problem(
                f"{path}.teacher",
                "teacher {id} is corrected twice, first at {first}: keep one",
                {**details, "first": f"corrections[{first[correction.teacher]}]"},
            )
        first.setdefault(correction.teacher, n)
        if correction.status == "not_now":
            continue
        if correction.ground is not None:
            yield Problem(
                f"{path}.ground",
                "a ground is given though teacher {id} may move: drop it or correct the status",
                details,
            )
        if (
            private.get(teacher.campus, False)
            or teacher.employment != "establishment"
            or teacher.status != "in_post"
            or returns_home(teacher, county.as_of)
        ):
            yield Problem(
                f"{path}.status",
                "teacher {id} cannot move by the roster (employment, status or a term that ends): "
                "correct the roster or drop this",
                details,
            )


def tie_problems(county: County) -> Iterator[Problem]:
    """Tie decisions about nobody, or about the same teacher twice."""
    known = {t.id for t in county.teachers}
    first: dict[str, str] = {}
    for n, decision in enumerate(county.tie_decisions):
        for k, teacher in enumerate(decision.order):
            where = f"tie_decisions[{n}].order[{k}]"
            if teacher not in known:
                yield _unknown(where, teacher)
            elif teacher in first:
                yield Problem(
                    where,
                    "teacher {id} stands in a tie decision twice, first at {first}: keep one",
                    {"id": teacher, "first": first[teacher]},
                )
            first.setdefault(teacher, where)


def _unknown(path: str, teacher: str) -> Problem:
    return Problem(
        path,
        "teacher {id} is not in the roster: add the teacher or correct the number",
        {"id": teacher},
    )
