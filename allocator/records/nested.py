"""Records inside schools as tables of their own: campuses, sections, agreed posts, figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from allocator.county.county import County, place_id
from allocator.county.frozen import DataError, Problem
from allocator.county.places import GRADES, AgreedPosts, Campus, School, Section
from allocator.county.quotas import SchoolFigure
from allocator.records.lists import Change, Part, Plain, Rows


@dataclass(frozen=True)
class Inside(Rows):
    """A table whose rows are records inside schools."""

    read: Callable[[School], Iterator[tuple[str, Plain]]]
    """Row id and plain record of everything inside a school."""
    put: Callable[[School, Mapping[str, Plain]], School]
    """A school with its records as they are to be; the names of fields are those of ``read``."""
    absent: Callable[[County, str], Plain | None] = field(
        default=lambda county, row: None, kw_only=True
    )
    """What stands where a row may be and is not yet."""
    gone: Callable[[Plain], bool] = field(default=lambda record: False, kw_only=True)
    """Whether a record says nothing any more."""

    def rows(self, county: County) -> Mapping[str, Mapping[str, Any]]:
        """The records as plain values."""
        return {
            id: {"id": id, **self._whole(record)}
            for school in county.schools
            for id, record in self.read(school)
        }

    def cell(self, county: County, row: str, column: str) -> Any:
        """One plain value of a record; None where there is no such row."""
        if column == "id":
            return row if row in self._held(county) else None
        return self._value(self._held(county).get(row) or self.absent(county, row), column)

    def changed(self, county: County, changes: Sequence[Change]) -> County:
        """The county with changed, added and removed records; the order of the rest stays."""
        held = self._held(county)
        made = self._followed(changes, lambda row: held.get(row) or self.absent(county, row))
        touched = {r["school"] for row in made for r in (held.get(row), made[row]) if r}
        unknown = touched - {s.id for s in county.schools}
        if unknown:
            text = "school {id} is not in the list of schools: add it or correct the code"
            raise DataError(tuple(Problem("school", text, {"id": s}) for s in sorted(unknown)))
        after = {**held, **made}
        schools = tuple(
            self.put(school, self._of(after, school.id)) if school.id in touched else school
            for school in county.schools
        )
        return county.model_copy(update={"schools": schools})

    def _held(self, county: County) -> dict[str, Plain]:
        return {id: record for school in county.schools for id, record in self.read(school)}

    def _of(self, records: Mapping[str, Plain | None], school: str) -> Mapping[str, Plain]:
        """What is to be inside a school."""
        return {
            id: {k: v for k, v in record.items() if k != "id"}
            for id, record in records.items()
            if record is not None and record["school"] == school and not self.gone(record)
        }


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
        Campus.model_validate({"id": id, **_without(record, "school")})
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
            Section.model_validate(_without(record, "school", "campus"))
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
        grades = GRADES[record["stage"]]
        if grade not in grades:
            if value is None:
                return {}
            text = "this section has no grade {grade}: leave it empty"
            raise DataError((Problem("", text, {"grade": grade}),))
        entries = [*record["classes"], *(0 for _ in grades)][: len(grades)]
        entries[grade - grades[0]] = 0 if value is None else value
        return {"classes": entries}

    return Part(read, written)


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
    made = tuple(AgreedPosts.model_validate(_without(r, "school")) for r in records.values())
    return school.model_copy(update={"agreed_posts": made})


def figures_of(school: School) -> Iterator[tuple[str, Plain]]:
    """The bureau's own figures of a school."""
    for figure in school.figures:
        yield f"{school.id}.{figure.name}", {"school": school.id, **figure.model_dump(mode="json")}


def with_figures(school: School, records: Mapping[str, Plain]) -> School:
    """A school with other figures."""
    made = tuple(SchoolFigure.model_validate(_without(r, "school")) for r in records.values())
    return school.model_copy(update={"figures": made})


def _without(record: Plain, *names: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in names}
