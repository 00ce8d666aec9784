"""All ways of rounding on one county: what each gives every junior high, and what it breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from allocator.admission.claimants import Claimant, junior_places
from allocator.admission.direct import ExactAnswer, solve_exactly
from allocator.admission.entitlement import Cell, entitle
from allocator.admission.goals import TIERS
from allocator.admission.impossible import impossible_requests
from allocator.admission.per_high import PER_HIGH, rows_of
from allocator.admission.procedure import Made, made, rounded_from, row_by_row
from allocator.admission.rule import AdmissionRule
from allocator.admission.signposts import METHODS, Method
from allocator.admission.table import QuotaTable
from allocator.admission.terms import AdmissionTerms, Rounding
from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.county.places import AreaClass
from allocator.modelling import Configured

_ORDER = tuple(t.name for t in TIERS)


@dataclass(frozen=True)
class MethodResult:
    """What one way of rounding makes of a county.

    Attributes
    ----------
    rounding, method
        The way; ``method`` is the divisor method where the way has one.
    cells, totals
        Places of each pair and of each claimant; empty if the way makes no table.
    entitlement
        Claim of each claimant, the same under every way.
    differences
        Senior high -> places given less its quota, where that is not 0.
    problems
        Why the way makes no table here; none if it does.
    notes
        Places returned, sums not kept, ties, claimants not in a lot.
    broken
        MUST rules the table breaks, in their order.
    without
        Claimants with a claim and no place.
    without_in
        Of these, those all of whose schools lie in an area of this class.
    farthest_below, farthest_above
        Largest part of a place, or places, that a total is below and above its claim; 0 if none is.
    off_by_one
        Claimants whose total is a whole place or more away from their claim.
    """

    rounding: Rounding
    method: Method | None
    entitlement: Mapping[str, Fraction]
    cells: Mapping[Cell, int] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)
    differences: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    broken: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    without_in: Mapping[AreaClass, tuple[str, ...]] = field(default_factory=dict)
    farthest_below: Fraction = Fraction(0)
    farthest_above: Fraction = Fraction(0)
    off_by_one: int = 0

    @property
    def key(self) -> str:
        """One word for the way: the rounding, and the method where it has one of its own."""
        own = self.rounding in ("biproportional", "divisor")
        return f"{self.rounding}.{self.method}" if own else self.rounding

    @property
    def possible(self) -> bool:
        """Whether the way makes a table."""
        return not self.problems

    @property
    def sums_kept(self) -> bool:
        """Whether every senior high gives exactly its quota."""
        return self.possible and not self.differences


def ways(terms: AdmissionTerms) -> tuple[AdmissionTerms, ...]:
    """The terms with every way of rounding that can be chosen, in the order they are shown."""

    def every(rounding: Rounding) -> Iterator[AdmissionTerms]:
        methods = METHODS if rounding in ("biproportional", "divisor") else (terms.method,)
        for method in methods:
            yield terms.model_copy(update={"rounding": rounding, "method": method})

    order: tuple[Rounding, ...] = ("biproportional", "controlled", *PER_HIGH)
    return tuple(way for rounding in order for way in every(rounding))


def compare(
    county: County,
    configured: Sequence[Configured],
    terms: AdmissionTerms,
    order: Sequence[str] = _ORDER,
) -> tuple[MethodResult, ...]:
    """Every way of rounding on one county, in the order of :func:`ways`.

    Parameters
    ----------
    order
        Goals, most important first.
    """
    rows = rows_of(county, configured, terms)
    due = entitle(county, configured, terms)
    answers: dict[Method, ExactAnswer] = {}

    def table(way: AdmissionTerms) -> Made:
        if way.rounding in PER_HIGH:
            return row_by_row(rows, way)
        if way.rounding == "biproportional":
            answers[way.method] = _answer(county, configured, order, way)
            return _as_made(answers[way.method])
        if way.method in answers:
            return rounded_from(county, configured, way, answers[way.method])
        return _controlled(county, configured, order, way)

    found = []
    for way in ways(terms):
        method = way.method if way.rounding in ("biproportional", "controlled", "divisor") else None
        try:
            result = table(way)
        except DataError as error:
            found.append(
                MethodResult(way.rounding, method, due.columns, problems=tuple(error.problems))
            )
        else:
            found.append(_judged(county, configured, way.rounding, method, result))
    return tuple(found)


def _answer(
    county: County, configured: Sequence[Configured], order: Sequence[str], terms: AdmissionTerms
) -> ExactAnswer:
    problems = impossible_requests(county, configured, terms)
    if problems:
        raise DataError(problems)
    answer = solve_exactly(county, configured, order, terms)
    if answer is None:
        text = "a rule, or the order of the goals, needs the whole search: solve to see this table"
        raise DataError((Problem("admission", text),))
    return answer


def _controlled(
    county: County, configured: Sequence[Configured], order: Sequence[str], terms: AdmissionTerms
) -> Made:
    problems = impossible_requests(county, configured, terms)
    if problems:
        raise DataError(problems)
    return made(county, configured, order, terms)


def _as_made(answer: ExactAnswer) -> Made:
    cells = dict.fromkeys(answer.entitlement.cells, 0)
    cells |= {(c.senior_high, c.junior_high): c.places for c in answer.plan.quotas}
    return Made(answer.entitlement, cells)


def _judged(
    county: County,
    configured: Sequence[Configured],
    rounding: Rounding,
    method: Method | None,
    result: Made,
) -> MethodResult:
    due = result.entitlement
    table = QuotaTable(county, due, result.cells)
    totals, claims = table.columns, due.columns
    gaps = [totals[s] - claim for s, claim in claims.items()]
    without = tuple(s for s, claim in claims.items() if claim > 0 and not totals[s])
    areas: tuple[AreaClass, ...] = ("rural", "township_seat", "urban")
    return MethodResult(
        rounding=rounding,
        method=method,
        entitlement=claims,
        cells=result.cells,
        totals=totals,
        differences={
            high: given - due.quotas[high]
            for high, given in table.rows.items()
            if given != due.quotas[high]
        },
        notes=result.notes,
        broken=_broken(county, configured, table),
        without=without,
        without_in={
            area: tuple(s for s in without if lies_in(county, due.claimants[s], area))
            for area in areas
        },
        farthest_below=max((-gap for gap in gaps if gap < 0), default=Fraction(0)),
        farthest_above=max((gap for gap in gaps if gap > 0), default=Fraction(0)),
        off_by_one=sum(abs(gap) >= 1 for gap in gaps),
    )


def lies_in(county: County, claimant: Claimant, area: AreaClass) -> bool:
    """Whether all junior sections of a claimant lie in an area of this class."""
    return all(
        place.area_class == area
        for school in claimant.schools
        for place in junior_places(county, school)
    )


def _broken(county: County, configured: Sequence[Configured], table: QuotaTable) -> tuple[str, ...]:
    return tuple(
        c.rule.name
        for c in configured
        if c.firmness == "must"
        and isinstance(c.rule, AdmissionRule)
        and not all(reading.kept for reading in c.rule.readings(county, table))
    )
