"""Cross-checks of a county: everything that is wrong, at once, each with its path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from allocator.county.checks_decisions import decision_problems
from allocator.county.checks_people import (
    correction_problems,
    reduction_problems,
    return_problems,
    term_problems,
    tie_problems,
)
from allocator.county.checks_posts import problems_of_posts
from allocator.county.checks_quotas import problems_of_quotas
from allocator.county.checks_terms import opening_problems, retirement_problems
from allocator.county.frozen import Problem
from allocator.county.places import GRADES
from allocator.county.reported_checks import reported_problems
from allocator.county.service import months

if TYPE_CHECKING:
    from allocator.county.county import County


def problems_of(county: County) -> tuple[Problem, ...]:
    """Every contradiction in the data of a county, in the order of the file."""
    return tuple(
        chain(
            _repeated(county),
            _townships(county),
            _schools(county),
            problems_of_posts(county),
            opening_problems(county),
            _senior_highs(county),
            problems_of_quotas(county),
            reported_problems(county),
            _teachers(county),
            reduction_problems(county),
            retirement_problems(county),
            _travel(county),
            correction_problems(county),
            tie_problems(county),
            decision_problems(county),
        )
    )


def _again(path: str, items: Iterable[Any]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for n, item in enumerate(items):
        if item.id in seen:
            first = f"{path}[{seen[item.id]}]"
            yield Problem(
                f"{path}[{n}].id",
                "{id} is used twice, first at {first}: give each its own code",
                {"id": item.id, "first": first},
            )
        seen.setdefault(item.id, n)


def _repeated(county: County) -> Iterator[Problem]:
    for path in ("zones", "groups", "townships", "schools", "senior_highs", "subjects", "rounds"):
        yield from _again(path, getattr(county, path))
    others = {z.id for z in county.zones} | {h.id for h in county.senior_highs}
    for i, school in enumerate(county.schools):
        if school.id in others:
            yield Problem(
                f"schools[{i}].id",
                "{id} is also the code of a zone or senior high: give each its own code",
                {"id": school.id},
            )
    campuses: dict[str, str] = {}
    for i, school in enumerate(county.schools):
        for j, campus in enumerate(school.campuses):
            path = f"schools[{i}].campuses[{j}]"
            if campus.id in campuses:
                yield Problem(
                    f"{path}.id",
                    "campus {id} is used twice, first at {first}: give each its own code",
                    {"id": campus.id, "first": campuses[campus.id]},
                )
            campuses.setdefault(campus.id, path)
    first: dict[str, int] = {}
    for n, teacher in enumerate(county.teachers):
        if teacher.id in first:
            other = county.teachers[first[teacher.id]]
            yield Problem(
                f"teachers[{n}]",
                "teacher {id} is in two places, {here} and {there}: keep one entry",
                {"id": teacher.id, "here": teacher.campus, "there": other.campus},
            )
        first.setdefault(teacher.id, n)


def _unknown(path: str, kind: str, value: str, known: Iterable[str]) -> Iterator[Problem]:
    if value not in known:
        yield Problem(
            path,
            _UNKNOWN[kind],
            {"id": value},
        )


_UNKNOWN = {
    "zone": "zone {id} is not in the list of zones: add it or correct the code",
    "group": "school group {id} is not in the list of groups: add it or correct the code",
    "township": "township {id} is not in the list of townships: add it or correct the code",
    "campus": "campus {id} belongs to no school: add it or correct the code",
    "subject": "subject {id} is not in the periods table: add it or correct the code",
}


def _townships(county: County) -> Iterator[Problem]:
    zones = {z.id for z in county.zones}
    for n, township in enumerate(county.townships):
        yield from _unknown(f"townships[{n}].zone", "zone", township.zone, zones)


def _schools(county: County) -> Iterator[Problem]:
    townships = {t.id for t in county.townships}
    groups = {g.id for g in county.groups}
    subjects = {s.id for s in county.subjects}
    for i, school in enumerate(county.schools):
        path = f"schools[{i}]"
        if school.group is not None:
            yield from _unknown(f"{path}.group", "group", school.group, groups)
        for k, post in enumerate(school.agreed_posts):
            where = f"{path}.agreed_posts[{k}].subject"
            yield from _unknown(where, "subject", post.subject, subjects)
        for j, campus in enumerate(school.campuses):
            at = f"{path}.campuses[{j}]"
            yield from _unknown(f"{at}.township", "township", campus.township, townships)
            stages = Counter(s.stage for s in campus.sections)
            for stage, times in stages.items():
                if times > 1:
                    yield Problem(
                        f"{at}.sections",
                        "campus {id} lists the {stage} stage {times} times: join them",
                        {"id": campus.id, "stage": stage, "times": times},
                    )
            for k, section in enumerate(campus.sections):
                yield from _section(f"{at}.sections[{k}]", section, subjects)


def _section(path: str, section: Any, subjects: set[str]) -> Iterator[Problem]:
    grades = len(GRADES[section.stage])
    if len(section.classes) != grades:
        yield Problem(
            f"{path}.classes",
            "{given} grades are listed, the {stage} stage has {needed}: give one number a grade",
            {"given": len(section.classes), "stage": section.stage, "needed": grades},
        )
    if sum(section.classes) and not section.pupils:
        yield Problem(
            f"{path}.pupils",
            "{classes} classes but no pupils: enter the pupils or remove the classes",
            {"classes": sum(section.classes)},
        )
    if section.registered_graduates > section.graduates:
        yield Problem(
            f"{path}.registered_graduates",
            "{registered} with three years' registration but only {all} graduates: correct one",
            {"registered": section.registered_graduates, "all": section.graduates},
        )
    for n, extra in enumerate(section.extra_periods):
        where = f"{path}.extra_periods[{n}].subject"
        yield from _unknown(where, "subject", extra.subject, subjects)


def _senior_highs(county: County) -> Iterator[Problem]:
    townships = {t.id for t in county.townships}
    for n, high in enumerate(county.senior_highs):
        for k, area in enumerate(high.admission_area):
            where = f"senior_highs[{n}].admission_area[{k}]"
            yield from _unknown(where, "township", area, townships)


def _teachers(county: County) -> Iterator[Problem]:
    stages = {c.id: {s.stage for s in c.sections} for u in county.schools for c in u.campuses}
    private = {c.id: u.private for u in county.schools for c in u.campuses}
    subjects = {s.id for s in county.subjects}
    zones = {z.id for z in county.zones}
    for n, teacher in enumerate(county.teachers):
        path = f"teachers[{n}]"
        yield from _unknown(f"{path}.subject", "subject", teacher.subject, subjects)
        for k, certificate in enumerate(teacher.certificates):
            where = f"{path}.certificates[{k}].subject"
            yield from _unknown(where, "subject", certificate.subject, subjects)
        for k, taught in enumerate(teacher.also_teaches):
            yield from _unknown(f"{path}.also_teaches[{k}]", "subject", taught, subjects)
        if teacher.home_zone is not None:
            yield from _unknown(f"{path}.home_zone", "zone", teacher.home_zone, zones)
        for k, wish in enumerate(teacher.preferences):
            yield from _unknown(f"{path}.preferences[{k}]", "campus", wish, stages)
        if teacher.running_term is not None:
            home = teacher.running_term.home
            yield from _unknown(f"{path}.running_term.home", "campus", home, stages)
            yield from term_problems(path, teacher, stages, private)
        yield from _pins(path, teacher, stages)
        yield from return_problems(path, teacher, county.as_of)
        yield from _dates(path, teacher, county.as_of)
        if teacher.campus not in stages:
            yield from _unknown(f"{path}.campus", "campus", teacher.campus, stages)
            continue
        if teacher.stage not in stages[teacher.campus]:
            yield Problem(
                f"{path}.stage",
                "campus {campus} has no {stage} section: correct the stage or the campus",
                {"campus": teacher.campus, "stage": teacher.stage},
            )
        if (teacher.employment == "private") != private[teacher.campus]:
            yield Problem(
                f"{path}.employment",
                "employment and school do not fit: only private schools employ privately",
            )


def _pins(path: str, teacher: Any, campuses: dict[str, Any]) -> Iterator[Problem]:
    for k, pin in enumerate(teacher.pins):
        where = f"{path}.pins[{k}]"
        if pin.campus is not None:
            yield from _unknown(f"{where}.campus", "campus", pin.campus, campuses)
        if pin.kind == "goes" and teacher.stage not in campuses.get(pin.campus, {teacher.stage}):
            yield Problem(
                f"{where}.campus",
                "campus {campus} has no {stage} section: correct the stage or the campus",
                {"campus": pin.campus, "stage": teacher.stage},
            )
        if (pin.campus is None) != (pin.kind == "stays"):
            yield Problem(
                f"{where}.campus",
                "a pin that says stays names no campus, any other pin names one",
            )
    fixed = [p for p in teacher.pins if p.kind != "not_to"]
    barred = {p.campus for p in teacher.pins if p.kind == "not_to"}
    if len(fixed) > 1 or any(p.kind == "goes" and p.campus in barred for p in fixed):
        yield Problem(
            f"{path}.pins",
            "teacher {id} has {number} pins that contradict each other: keep one",
            {"id": teacher.id, "number": len(fixed)},
        )


def _dates(path: str, teacher: Any, as_of: str) -> Iterator[Problem]:
    for name in ("born", "entered_work", "entered_school"):
        month = getattr(teacher, name)
        if month > as_of:
            yield Problem(
                f"{path}.{name}",
                "{month} lies after {as_of}, the month of the data: correct it",
                {"month": month, "as_of": as_of},
            )
    if teacher.entered_school < teacher.entered_work:
        yield Problem(
            f"{path}.entered_school",
            "came to the school in {school}, before starting work in {work}: correct one",
            {"school": teacher.entered_school, "work": teacher.entered_work},
        )
    if months(teacher.entered_work) - months(teacher.born) < 16 * 12:
        yield Problem(
            f"{path}.born",
            "born {born} and at work since {work}, under 16 years of age: correct one",
            {"born": teacher.born, "work": teacher.entered_work},
        )
    term = teacher.running_term
    if term is not None and term.ends < term.started:
        yield Problem(
            f"{path}.running_term",
            "the term ends in {ends}, before it starts in {started}: correct one",
            {"ends": term.ends, "started": term.started},
        )
    if term is not None and not teacher.entered_work <= term.started <= as_of:
        yield Problem(
            f"{path}.running_term.started",
            "a term that runs starts between {work}, the first month of work, and {as_of}, the "
            "month of the data, not in {started}: correct it",
            {"started": term.started, "work": teacher.entered_work, "as_of": as_of},
        )


def _travel(county: County) -> Iterator[Problem]:
    townships = {t.id for t in county.townships}
    campuses = {c.id for s in county.schools for c in s.campuses}
    for n, road in enumerate(county.travel.roads):
        for end in road.between:
            yield from _unknown(f"travel.roads[{n}].between", "township", end, townships)
    for n, time in enumerate(county.travel.times):
        for end in time.between:
            yield from _unknown(f"travel.times[{n}].between", "campus", end, campuses)
