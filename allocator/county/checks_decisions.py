"""Cross-checks of what was agreed beforehand: offers, rounds, rankings, kinship, vetoes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from allocator.county.checks_people import RETURNS, returning
from allocator.county.curriculum import demand
from allocator.county.frozen import Problem
from allocator.county.places import GRADES, Stage
from allocator.county.service import returns_home

if TYPE_CHECKING:
    from allocator.county.county import County
    from allocator.county.decisions import Appointment
    from allocator.county.people import Teacher

_TEACHER = "teacher {id} is not in the roster: add the teacher or correct the number"
_CAMPUS = "campus {id} belongs to no school: add it or correct the code"
_SUBJECT = "subject {id} is not in the periods table: add it or correct the code"


def decision_problems(county: County) -> Iterator[Problem]:
    """Every contradiction in what was agreed beforehand, in the order of the file."""
    return chain(
        _vetoes(county), _offers(county), _rounds(county), _rankings(county), _kinships(county)
    )


def _stages(county: County) -> dict[str, set[str]]:
    return {c.id: {s.stage for s in c.sections} for u in county.schools for c in u.campuses}


def _vetoes(county: County) -> Iterator[Problem]:
    school_of = {c.id: s.id for s in county.schools for c in s.campuses}
    home = {t.id: school_of.get(t.campus) for t in county.teachers}
    for i, school in enumerate(county.schools):
        seen = set()
        for k, veto in enumerate(school.vetoes):
            path = f"schools[{i}].vetoes[{k}]"
            if veto.teacher not in home:
                yield Problem(f"{path}.teacher", _TEACHER, {"id": veto.teacher})
                continue
            if veto.teacher in seen:
                text = "teacher {id} is listed twice by this school: keep one entry"
                yield Problem(f"{path}.teacher", text, {"id": veto.teacher})
            seen.add(veto.teacher)
            if (home[veto.teacher] == school.id) != (veto.against == "leaving"):
                yield Problem(
                    f"{path}.against",
                    "a school objects to its own teachers leaving and to others arriving: "
                    "correct the entry of {id}",
                    {"id": veto.teacher},
                )


def _offers(county: County) -> Iterator[Problem]:
    subjects = {s.id for s in county.subjects}
    taught = _taught(county) if county.supply else set()
    first: dict[str, int] = {}
    for n, offer in enumerate(county.supply):
        path = f"supply[{n}]"
        if offer.subject not in subjects:
            yield Problem(f"{path}.subject", _SUBJECT, {"id": offer.subject})
        elif offer.count and (offer.stage, offer.subject) not in taught:
            text = (
                "no public school teaches {subject} at the {stage} stage, nobody of {id} can be "
                "placed: correct the offer or the periods table"
            )
            details = {"subject": offer.subject, "stage": offer.stage, "id": offer.id}
            yield Problem(f"{path}.subject", text, details)
        if offer.id in first:
            text = "supply of {id} is listed twice, first at {first}: join them"
            yield Problem(path, text, {"id": offer.id, "first": f"supply[{first[offer.id]}]"})
        first.setdefault(offer.id, n)


def _taught(county: County) -> set[tuple[Stage, str]]:
    """Stages and subjects of which a public school needs periods, for classes or jobs."""
    return {
        (section.stage, subject)
        for school in county.schools
        if not school.private
        for campus in school.campuses
        for section in campus.sections
        if len(section.classes) == len(GRADES[section.stage])
        for subject in demand(section, county.subjects)
    }


def _rounds(county: County) -> Iterator[Problem]:
    stages = _stages(county)
    teachers = {t.id: t for t in county.teachers}
    school_of = {c.id: s.id for s in county.schools for c in s.campuses}
    first: dict[str, str] = {}
    for n, held in enumerate(county.rounds):
        for k, result in enumerate(held.appointments):
            path = f"rounds[{n}].appointments[{k}]"
            teacher = teachers.get(result.teacher)
            if result.campus not in stages:
                yield Problem(f"{path}.campus", _CAMPUS, {"id": result.campus})
            if teacher is None:
                yield Problem(f"{path}.teacher", _TEACHER, {"id": result.teacher})
            if teacher is None or result.campus not in stages:
                continue
            if result.teacher in first:
                text = "teacher {id} is appointed twice, first at {first}: keep the valid one"
                details = {"id": result.teacher, "first": first[result.teacher]}
                yield Problem(f"{path}.teacher", text, details)
            first.setdefault(result.teacher, path)
            if teacher.stage not in stages[result.campus]:
                yield Problem(
                    f"{path}.campus",
                    "campus {campus} has no {stage} section: correct the stage or the campus",
                    {"campus": result.campus, "stage": teacher.stage},
                )
            own = school_of.get(_start(teacher, county.as_of)) == school_of[result.campus]
            if held.kind == "in_school" and not own:
                yield Problem(
                    f"{path}.campus",
                    "a competition inside a school gives posts of that school only: correct the "
                    "campus of {id} or enter it as a round of applications",
                    {"id": result.teacher},
                )
            yield from _otherwise(f"{path}.campus", result, teacher, county.as_of)


def _start(teacher: Teacher, as_of: str) -> str:
    """The campus a teacher can be moved from: today's, or home again after a term."""
    term = teacher.running_term
    return teacher.campus if term is None or not returns_home(teacher, as_of) else term.home


def _otherwise(path: str, result: Appointment, teacher: Teacher, as_of: str) -> Iterator[Problem]:
    """The end of a term, or pins, that say otherwise than the result of a round."""
    start = _start(teacher, as_of)
    if returns_home(teacher, as_of) and result.campus != start:
        yield Problem(path, RETURNS, returning(teacher))
    elif any(
        (pin.kind == "stays" and result.campus != start)
        or (pin.kind == "goes" and result.campus != pin.campus)
        or (pin.kind == "not_to" and result.campus == pin.campus != start)
        for pin in teacher.pins
    ):
        text = "teacher {id} is appointed to campus {campus}, a pin says otherwise: keep one"
        yield Problem(path, text, {"id": teacher.id, "campus": result.campus})


def _rankings(county: County) -> Iterator[Problem]:
    stages = _stages(county)
    subjects = {s.id for s in county.subjects}
    teachers = {t.id: t for t in county.teachers}
    seen: set[tuple[str, str]] = set()
    for n, ranking in enumerate(county.rankings):
        path = f"rankings[{n}]"
        if ranking.campus not in stages:
            yield Problem(f"{path}.campus", _CAMPUS, {"id": ranking.campus})
        if ranking.subject not in subjects:
            yield Problem(f"{path}.subject", _SUBJECT, {"id": ranking.subject})
        if (ranking.campus, ranking.subject) in seen:
            text = "campus {campus} ranks applicants for {subject} twice: keep one list"
            details = {"campus": ranking.campus, "subject": ranking.subject}
            yield Problem(path, text, details)
        seen.add((ranking.campus, ranking.subject))
        if len(set(ranking.applicants)) < len(ranking.applicants):
            text = "an applicant is ranked twice: keep the better place"
            yield Problem(f"{path}.applicants", text)
        for k, id in enumerate(ranking.applicants):
            teacher = teachers.get(id)
            if teacher is None:
                yield Problem(f"{path}.applicants[{k}]", _TEACHER, {"id": id})
            elif ranking.subject in subjects and teacher.subject != ranking.subject:
                text = "teacher {id} teaches {taught}, not {subject}: take the name off this list"
                details = {"id": id, "taught": teacher.subject, "subject": ranking.subject}
                yield Problem(f"{path}.applicants[{k}]", text, details)


def _kinships(county: County) -> Iterator[Problem]:
    teachers = {t.id for t in county.teachers}
    seen: set[str] = set()
    for n, kin in enumerate(county.kinships):
        path = f"kinships[{n}]"
        for k, teacher in enumerate(kin.between):
            if teacher not in teachers:
                yield Problem(f"{path}.between[{k}]", _TEACHER, {"id": teacher})
        if kin.between[0] == kin.between[1]:
            text = "a kinship needs two teachers: correct one number"
            yield Problem(f"{path}.between", text)
        if kin.id in seen:
            text = "the kinship of {id} is listed twice: keep one entry"
            yield Problem(path, text, {"id": kin.id})
        seen.add(kin.id)
