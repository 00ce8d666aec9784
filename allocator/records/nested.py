"""What lies inside a school, read and put back: campuses, sections, posts, figures, vetoes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from allocator.county.county import County, place_id
from allocator.county.decisions import Veto
from allocator.county.frozen import DataError, Problem
from allocator.county.places import GRADES, AgreedPosts, Campus, ExtraPeriods, School, Section
from allocator.county.quotas import SchoolFigure
from allocator.records.inside import without
from allocator.records.rows import Part, Plain


def campuses_of(school: School) -> Iterator[tuple[str, Plain]]:
    """The campuses of a school."""
    for campus in school.campuses:
        yield campus.id, {"school": school.id, **campus.model_dump(mode="json")}


def with_campuses(school: School, records: Mapping[str, Plain]) -> School:
    """A school with other campuses."""
    if not records:
        text = "a school needs a campus: remove the school instead"
        raise DataError((Problem("", text),))
    made = tuple(
        Campus.model_validate({"id": id, **without(record, "school")})
        for id, record in records.items()
    )
    return school.model_copy(update={"campuses": made})


def sections_of(school: School) -> Iterator[tuple[str, Plain]]:
    """The sections of a school."""
    for campus in school.campuses:
        for section in campus.sections:
            plain = section.model_dump(mode="json")
            yield (
                place_id(campus.id, section.stage),
                {"school": school.id, "campus": campus.id, **plain},
            )


def with_sections(school: School, records: Mapping[str, Plain]) -> School:
    """A school with other sections."""
    here = {campus.id for campus in school.campuses}
    for record in records.values():
        if record["campus"] not in here:
            text = "campus {id} belongs to no school: add it or correct the code"
            raise DataError((Problem("campus", text, {"id": record["campus"]}),))
    campuses = []
    for campus in school.campuses:
        made = tuple(
            Section.model_validate(without(record, "school", "campus"))
            for record in records.values()
            if record["campus"] == campus.id
        )
        if not made:
            text = "a campus needs a section: remove the campus instead"
            raise DataError((Problem("", text),))
        campuses.append(campus.model_copy(update={"sections": made}))
    return school.model_copy(update={"campuses": tuple(campuses)})


def classes_in(grade: int) -> Part:
    """The classes of one grade of a section; nothing where its stage has no such grade."""

    def read(record: Plain) -> Any:
        grades = GRADES[record["stage"]]
        entries = record["classes"]
        n = grade - grades[0]
        return entries[n] if grade in grades and n < len(entries) else None

    def written(record: Plain, value: Any) -> Plain:
        grades = GRADES.get(record["stage"], ())
        if grade not in grades:
            if value is None or not grades:
                return {}
            text = "this section has no grade {grade}: leave it empty"
            raise DataError((Problem("", text, {"grade": grade}),))
        entries = [*record["classes"], *(0 for _ in grades)][: len(grades)]
        entries[grade - grades[0]] = 0 if value is None else value
        return {"classes": entries}

    return Part(read, written)


def no_classes(values: Plain) -> Plain:
    """The classes of a section of which none is entered."""
    return {"classes": [0 for _ in GRADES.get(values.get("stage", ""), ())]}


def school_of(county: County, values: Plain) -> str | None:
    """The school of the campus that a row names."""
    campus = values.get("campus")
    return next((s.id for s in county.schools for c in s.campuses if c.id == campus), None)


def extra_periods_of(school: School) -> Iterator[tuple[str, Plain]]:
    """What jobs at a school add to its demand."""
    for campus in school.campuses:
        for section in campus.sections:
            for extra in section.extra_periods:
                yield (
                    f"{place_id(campus.id, section.stage)}.{extra.subject}",
                    {
                        "school": school.id,
                        "campus": campus.id,
                        "stage": section.stage,
                        **extra.model_dump(mode="json"),
                    },
                )


def with_extra_periods(school: School, records: Mapping[str, Plain]) -> School:
    """A school with other jobs that add to its demand."""
    here = {(c.id, k.stage) for c in school.campuses for k in c.sections}
    for record in records.values():
        if (record["campus"], record["stage"]) not in here:
            text = "campus {campus} has no {stage} section: correct the stage or the campus"
            details = {"campus": record["campus"], "stage": record["stage"]}
            raise DataError((Problem("campus", text, details),))

    def made(campus: Campus, section: Section) -> Section:
        extra = tuple(
            ExtraPeriods.model_validate(without(record, "school", "campus", "stage"))
            for record in records.values()
            if (record["campus"], record["stage"]) == (campus.id, section.stage)
        )
        return section.model_copy(update={"extra_periods": extra})

    campuses = tuple(
        c.model_copy(update={"sections": tuple(made(c, k) for k in c.sections)})
        for c in school.campuses
    )
    return school.model_copy(update={"campuses": campuses})


def post_id(school: str, stage: str, subject: str) -> str:
    """The id of the posts of a school in one stage and subject."""
    return f"{school}.{stage}.{subject}"


def posts_of(school: School) -> Iterator[tuple[str, Plain]]:
    """What is agreed with a school."""
    for post in school.agreed_posts:
        yield (
            post_id(school.id, post.stage, post.subject),
            {"school": school.id, **post.model_dump(mode="json")},
        )


def no_posts(county: County, row: str) -> Plain | None:
    """The posts of a school where nothing is agreed."""
    school, _, rest = row.partition(".")
    stage, _, subject = rest.partition(".")
    if school not in county.school or not subject:
        return None
    return {"school": school, "stage": stage, "subject": subject, "posts": None, "reason": ""}


def with_posts(school: School, records: Mapping[str, Plain]) -> School:
    """A school with other posts agreed."""
    made = tuple(AgreedPosts.model_validate(without(r, "school")) for r in records.values())
    return school.model_copy(update={"agreed_posts": made})


def figures_of(school: School) -> Iterator[tuple[str, Plain]]:
    """The bureau's own figures of a school."""
    for figure in school.figures:
        yield f"{school.id}.{figure.name}", {"school": school.id, **figure.model_dump(mode="json")}


def with_figures(school: School, records: Mapping[str, Plain]) -> School:
    """A school with other figures."""
    made = tuple(SchoolFigure.model_validate(without(r, "school")) for r in records.values())
    return school.model_copy(update={"figures": made})


def vetoes_of(school: School) -> Iterator[tuple[str, Plain]]:
    """The objections of a school, with their order as a number."""
    for n, veto in enumerate(school.vetoes, start=1):
        plain = veto.model_dump(mode="json")
        yield f"{school.id}.{veto.teacher}", {"school": school.id, "rank": n, **plain}


def with_vetoes(school: School, records: Mapping[str, Plain]) -> School:
    """A school with other objections, the first in rank first; one without a rank comes last."""
    ranked = sorted(records.values(), key=lambda r: r.get("rank") or len(records) + 1)
    made = tuple(Veto.model_validate(without(r, "school", "rank")) for r in ranked)
    return school.model_copy(update={"vetoes": made})


def _reranked(record: Plain, value: Any) -> Plain:
    """One moved up stands before the one whose rank it takes, one moved down after it."""
    before = record.get("rank")
    if before is None or value is None or value == before:
        return {"rank": value}
    return {"rank": value - 0.5 if value < before else value + 0.5}


RANK = Part(lambda record: record["rank"], _reranked)
