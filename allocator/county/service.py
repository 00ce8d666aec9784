"""Service terms: ages, years at the school, retirement, and who is due to move.

All dates are months; ages and years are whole and counted at the county's ``as_of`` month.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import Field

from allocator.county.frozen import Frozen, Month, Whole
from allocator.county.people import Ground, Teacher


class RetirementAge(Frozen):
    """Retirement age of those born from a month on, until the next entry of the table."""

    sex: Literal["f", "m"]
    born_from: Month
    age_months: Annotated[int, Field(ge=480, le=900)]
    """Age at retirement in months."""


def _reform(
    sex: Literal["f", "m"], first: str, start: int, end: int, step: int
) -> tuple[RetirementAge, ...]:
    """One month later for every ``step`` months of birth, from ``start`` to ``end`` months."""
    month = months(first)
    return tuple(
        RetirementAge(sex=sex, born_from=month_text(month + step * n), age_months=start + n + 1)
        for n in range(end - start)
    )


def months(month: str) -> int:
    """A month YYYY-MM as a whole number, so that differences are in months."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def month_text(number: int) -> str:
    """The month YYYY-MM of a whole number of :func:`months`."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


RETIREMENT_2025: tuple[RetirementAge, ...] = (
    RetirementAge(sex="m", born_from="1900-01", age_months=720),
    *_reform("m", "1965-01", 720, 756, 4),
    RetirementAge(sex="f", born_from="1900-01", age_months=660),
    *_reform("f", "1970-01", 660, 696, 4),
)
"""Statutory retirement ages (2024 decision, in force 2025): men 60 to 63, women teachers 55 to 58,
one month later for every four months of birth. Data a county may replace."""


class ServiceTerms(Frozen):
    """When a teacher is due to move (应交流), may move (可交流) or not now (暂不交流)."""

    years_at_school: Annotated[int, Field(ge=1, le=30)] = 6
    """Years at one school after which a teacher is due."""
    years_principal: Annotated[int, Field(ge=1, le=30)] = 10
    men_until: Annotated[int, Field(ge=30, le=70)] = 50
    """Men are due up to this age, years."""
    women_until: Annotated[int, Field(ge=30, le=70)] = 45
    """Women are due up to this age, years."""
    principals_extra: Annotated[int, Field(ge=0, le=20)] = 5
    """Years of age added for principals of both sexes."""
    near_retirement: Whole = 3
    """Fewer years than this to retirement: not now."""
    retirement: tuple[RetirementAge, ...] = RETIREMENT_2025


Reason = Literal[
    "long_service",
    "short_service",
    "over_age",
    "returning",
    "not_establishment",
    "lent_out",
    "long_sick",
    "out_of_county",
    "maternity",
    "medical",
    "near_retirement",
    "service_contract",
    "flagship",
    "running_term",
    "appointed",
    "corrected",
]
"""Why a teacher's standing is what it is."""


@dataclass(frozen=True)
class Standing:
    """Where a teacher stands: the status, and the reason for it as a code."""

    status: Literal["due", "may", "not_now"]
    reason: Reason
    eligible: bool = False
    """Long enough at the school and young enough, exempt or not: the base of the rates."""
    since: str | None = None
    """The month that goes with the reason: in which the years at the school were reached
    (``long_service``) or will be (``short_service``), the age limit was passed (``over_age``), the
    teacher retires (``near_retirement``), the term ends (``running_term``, ``returning``). None for
    any other reason, and for a term that goes on."""
    ground: Ground | None = None
    """The ground code of an exemption, if that is the reason."""

    @property
    def movable(self) -> bool:
        """Whether the teacher may be moved at all."""
        return self.status != "not_now"


def years_between(earlier: str, later: str) -> int:
    """Whole years from one month to another."""
    return (months(later) - months(earlier)) // 12


def school_year(as_of: str) -> str:
    """The first month of the coming school year: the September in or after a month."""
    year, month = int(as_of[:4]), int(as_of[5:7])
    return f"{year + (month > 9):04d}-09"


def returns_home(teacher: Teacher, as_of: str) -> bool:
    """Whether an earlier term ends before the coming school year and does not go on."""
    term = teacher.running_term
    return term is not None and not term.goes_on and term.ends < school_year(as_of)


def retires(teacher: Teacher, terms: ServiceTerms) -> str:
    """The month in which a teacher reaches retirement age."""
    ages = [
        entry
        for entry in terms.retirement
        if entry.sex == teacher.sex and entry.born_from <= teacher.born
    ]
    if not ages:
        return "2999-12"
    return month_text(months(teacher.born) + max(ages, key=lambda e: e.born_from).age_months)


def standing(teacher: Teacher, terms: ServiceTerms, as_of: str, *, private: bool) -> Standing:
    """Whether a teacher is due to move, may move, or is not to move now.

    Parameters
    ----------
    private
        Whether the teacher's school is private: only staff on establishment of public schools
        take part.

    """
    head = _head(teacher)
    years = terms.years_principal if head else terms.years_at_school
    served = _later(teacher.entered_school, years)
    limit = (terms.men_until if teacher.sex == "m" else terms.women_until) + (
        terms.principals_extra if head else 0
    )
    too_old = _later(teacher.born, limit + 1)
    takes_part = not private and teacher.employment == "establishment"
    eligible = takes_part and teacher.status == "in_post" and served <= as_of < too_old
    blocked = next(_blocks(teacher, terms, as_of, takes_part=takes_part), None)
    if blocked is not None:
        return replace(blocked, eligible=eligible)
    if as_of >= too_old:
        return Standing("may", "over_age", since=too_old)
    if as_of < served:
        return Standing("may", "short_service", since=served)
    return Standing("due", "long_service", eligible=True, since=served)


def _later(month: str, years: int) -> str:
    """The same month some years later."""
    return month_text(months(month) + 12 * years)


def _blocks(
    teacher: Teacher, terms: ServiceTerms, as_of: str, *, takes_part: bool
) -> Iterator[Standing]:
    """What stands against a move now, the reason to be told first.

    That a head is appointed comes last, so that a head's own ground is read.
    """
    term, retirement = teacher.running_term, retires(teacher, terms)
    if term is not None and returns_home(teacher, as_of):
        yield Standing("not_now", "returning", since=term.ends)
    if not takes_part:
        yield Standing("not_now", "not_establishment")
    if teacher.status != "in_post":
        yield Standing("not_now", teacher.status)
    for ground in teacher.exemptions:
        end = retirement if ground == "near_retirement" else None
        yield Standing("not_now", ground, since=end, ground=ground)
    if term is not None:
        yield Standing("not_now", "running_term", since=None if term.goes_on else term.ends)
    if months(retirement) - months(as_of) < 12 * terms.near_retirement:
        yield Standing("not_now", "near_retirement", since=retirement, ground="near_retirement")
    if _head(teacher):
        yield Standing("not_now", "appointed")


def _head(teacher: Teacher) -> bool:
    return teacher.role in ("principal", "party_secretary")
