"""The next round of applications (跨校竞聘), proposed from wishes, rankings and open posts.

Teachers list campuses, schools rank applicants; both are data of the county. The proposal is the
stable matching that is best for the teachers: nobody would rather have a post whose school would
rather have them, and no other such matching gives any teacher a post named earlier. It looks at
single people only: caps on a school's turnover, rates, balance and kinship are judged afterwards,
by the rules.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from allocator.county.checks import problems_of
from allocator.county.county import County, Place, place_id
from allocator.county.decisions import Appointment, MoveKind, Round
from allocator.county.frozen import DataError
from allocator.county.people import Teacher
from allocator.county.plan import Move, Plan
from allocator.modelling import Rounding
from allocator.modelling.matching import deferred_acceptance
from allocator.staffing.base import public_schools
from allocator.staffing.decode import order_of_going, returns, teaching
from allocator.staffing.need import gives
from allocator.staffing.terms import StaffingTerms

Post = tuple[str, str]
"""Section id and subject: the posts of a subject at one stage of one campus."""


@dataclass(frozen=True)
class Market:
    """Who applies where, and in whose order (志愿与排序)."""

    wishes: Mapping[str, tuple[Post, ...]]
    """Teacher id -> posts applied for, the most wanted first; only those that can be had."""
    order: Mapping[Post, tuple[str, ...]]
    """Post -> applicants, the best first."""


def vacancies(county: County, rounding: Rounding = "down") -> Mapping[Post, int]:
    """Posts that a round can fill, after returns and the results of earlier rounds.

    Where posts are agreed for a subject (定编定岗), those that nobody serves on; a school with
    several campuses gives each to the campus that lacks most periods. Elsewhere the full loads
    that are not taught. Rounded down, what is left below a full load makes no post: it is left
    to the placement by the county.

    Returns
    -------
    dict
        (section, subject) -> posts, only where there are some, sorted.

    """
    staff, given = _staff(county)
    found: dict[Post, int] = {}
    for school, places in public_schools(county):
        agreed = {(a.stage, a.subject): a.posts for a in school.agreed_posts}
        for (stage, subject), posts in agreed.items():
            here = [p for p in places if p.stage == stage]
            free = posts - sum(staff[p.id, subject] for p in here)
            for _ in range(free if here else 0):
                post = max(here, key=lambda p: p.demand.get(subject, 0) - given[p.id, subject])
                found[post.id, subject] = found.get((post.id, subject), 0) + 1
                given[post.id, subject] += county.subject[subject].load(stage)
        for place in places:
            for subject, needed in place.demand.items():
                if (place.stage, subject) not in agreed:
                    load = county.subject[subject].load(place.stage)
                    missing = max(0, needed - given[place.id, subject])
                    posts = -(-missing // load) if rounding == "up" else missing // load
                    found[place.id, subject] = posts
    return {post: number for post, number in sorted(found.items()) if number}


def _staff(county: County) -> tuple[Counter[Post], Counter[Post]]:
    """People in post and the periods they give, returned home and placed as appointed."""
    staff: Counter[Post] = Counter()
    given: Counter[Post] = Counter()
    for teacher in county.teacher.values():
        result = county.appointed.get(teacher.id)
        place = county.start(teacher)
        section = place.id if result is None else place_id(result.campus, teacher.stage)
        if teacher.status == "in_post":
            staff[section, teacher.subject] += 1
            given[section, teacher.subject] += gives(county, teacher, place.stage)
    return staff, given


def applicants(county: County) -> tuple[Teacher, ...]:
    """Those who named campuses, may be moved, and are bound neither by a pin nor by a result."""
    return tuple(
        t
        for t in county.teacher.values()
        if t.preferences
        and county.standings[t.id].movable
        and t.id not in county.appointed
        and all(p.kind == "not_to" for p in t.pins)
    )


def market(county: County, posts: Mapping[Post, int], *, objections: int | None = None) -> Market:
    """Applications and orders of a round.

    An application counts for a public school that has an open post of the teacher's subject and
    stage, where no certificate, pin or objection of a school stands against it. Campuses named
    after the teacher's own are wanted less than staying and do not count. A school's order is its
    ranking; those it did not rank follow by points, as of
    :func:`~allocator.staffing.decode.order_of_going`.

    Parameters
    ----------
    posts
        Open posts, as of :func:`vacancies`.
    objections
        How many objections of each school bind, the first it lists; None takes all.

    """
    against = {
        (school.id, veto.teacher)
        for school in county.school.values()
        for veto in school.vetoes[:objections]
    }
    wishes: dict[str, tuple[Post, ...]] = {}
    applied: dict[Post, list[Teacher]] = defaultdict(list)
    for teacher in applicants(county):
        wishes[teacher.id] = tuple(
            (place.id, teacher.subject)
            for place in _wanted(county, teacher)
            if posts.get((place.id, teacher.subject), 0) > 0
            and teacher.subject in place.demand
            and teacher.certified(place.stage, teacher.subject)
            and not place.school.private
            and not against & _crossed(county.start(teacher), place, teacher)
        )
        for post in wishes[teacher.id]:
            applied[post].append(teacher)
    ranked = {(r.campus, r.subject): r.applicants for r in county.rankings}
    order = {}
    for post, people in sorted(applied.items()):
        first = ranked.get((county.places[post[0]].campus.id, post[1]), ())
        rank = {teacher: n for n, teacher in enumerate(first)}
        by_points = order_of_going(county, people)
        best = sorted(by_points, key=lambda t: rank.get(t.id, len(rank)))
        order[post] = tuple(t.id for t in best)
    return Market(wishes, order)


def _crossed(start: Place, place: Place, teacher: Teacher) -> set[tuple[str, str]]:
    """The schools a move leaves and enters, each with the teacher; none inside one school."""
    if start.school.id == place.school.id:
        return set()
    return {(start.school.id, teacher.id), (place.school.id, teacher.id)}


def _wanted(county: County, teacher: Teacher) -> Iterator[Place]:
    """Sections of the teacher's stage wanted more than staying, in order, each once."""
    barred = {pin.campus for pin in teacher.pins}
    own = county.start(teacher).campus.id
    for campus in dict.fromkeys(teacher.preferences):
        if campus == own:
            return
        place = county.places.get(place_id(campus, teacher.stage))
        if place is not None and campus not in barred:
            yield place


def propose_round(
    county: County,
    posts: Mapping[Post, int],
    *,
    id: str = "next",
    name: str = "",
    kind: MoveKind = "transfer",
    objections: int | None = None,
) -> Round:
    """The next round: the stable matching of applicants and open posts, best for the teachers.

    Parameters
    ----------
    posts
        Open posts, as of :func:`vacancies`.
    id, name
        Of the round.
    kind
        How those appointed move (随调, 交流/支教).
    objections
        As for :func:`market`.

    """
    found = market(county, posts, objections=objections)
    matched = deferred_acceptance(found.wishes, found.order, posts)
    return Round(
        id=id,
        name=name,
        kind="application",
        appointments=tuple(
            Appointment(teacher=teacher, campus=county.places[section].campus.id, kind=kind)
            for teacher, (section, _) in matched.items()
        ),
    )


def with_round(county: County, held: Round) -> County:
    """The county with one more round held, checked again.

    Raises
    ------
    DataError
        If the round contradicts the data.

    """
    changed = county.model_copy(update={"rounds": (*county.rounds, held)})
    if problems := problems_of(changed):
        raise DataError(problems)
    return changed


def results_as_plan(county: County, terms: StaffingTerms) -> Plan:
    """The plan that makes the moves of all rounds held, and no other but the returns."""
    moves = returns(county, terms)
    serving = {t: county.start(v) for t, v in county.teacher.items()}
    for teacher, result in county.appointed.items():
        start = serving[teacher]
        serving[teacher] = place = county.places[place_id(result.campus, start.stage)]
        if place.id != start.id and teacher not in county.returns:
            moves.append(
                Move(
                    teacher=teacher,
                    origin=start.id,
                    destination=place.id,
                    kind=result.kind,
                    ground="application",
                    start=terms.start,
                    years=terms.years if result.kind == "secondment" else None,
                )
            )
    return Plan(
        moves=tuple(sorted(moves, key=lambda m: m.teacher)),
        teaching=teaching(county, serving, terms.coverage),
    )
