"""Posts (定编定岗): what periods need, what is proposed, what is agreed, who holds them.

A school's posts are counted by stage and subject over all its campuses; coverage is counted by
campus, in periods. The two are different things: establishment ratios give 30 to 45 % more staff
than periods need (class teachers, administration, leave), so the posts proposed from an
establishment regularly exceed what periods need, and only teachers above the *posts* are called
over (超编); periods not taught are never called short posts, nor idle periods a surplus.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.county.county import County, Place
from allocator.county.frozen import once
from allocator.county.places import STAGES, AgreedPosts, School, Stage
from allocator.county.plan import Move
from allocator.county.webster import webster


@dataclass(frozen=True)
class PostLine:
    """The posts of one public school in one subject at one stage (岗位)."""

    school: str
    stage: Stage
    subject: str
    needed: int
    """Weekly periods needed, jobs at the school included."""
    load: int
    """Weekly periods of one teacher."""
    proposed: int
    """The subject's part of the school's teaching posts; see :func:`proposed_posts`."""
    agreed: int | None
    """Posts agreed with the head, None where nothing is agreed."""
    reason: str
    in_post: int
    """Teachers of the subject whose post is here, wherever they teach."""
    lent_out: int
    """Of these, lent out of the county's schools (借出)."""
    long_sick: int
    """Of these, ill for long (长期病休)."""

    @property
    def posts_by_periods(self) -> Fraction:
        """Full loads that the periods make."""
        return Fraction(self.needed, self.load)

    @property
    def posts_by_periods_up(self) -> int:
        """The same in whole posts, rounded up."""
        return -(-self.needed // self.load)

    @property
    def posts(self) -> int:
        """The posts that count: those agreed, else those proposed."""
        return self.proposed if self.agreed is None else self.agreed

    @property
    def over(self) -> int:
        """Holders above the posts (超编)."""
        return max(0, self.in_post - self.posts)

    @property
    def short(self) -> int:
        """Posts that nobody holds (缺编)."""
        return max(0, self.posts - self.in_post)


def post_places(county: County, moves: Iterable[Move] = ()) -> Mapping[str, Place]:
    """Teacher id -> section of the post, for all who hold one.

    Parameters
    ----------
    moves
        Moves of a plan: a transfer (随调) takes the post along, a secondment leaves it.

    """
    found = {
        t.id: place for t in county.teacher.values() if (place := county.post_place(t)) is not None
    }
    for move in moves:
        if move.kind == "transfer" and move.teacher in found:
            found[move.teacher] = county.places[move.destination]
    return found


def proposed_posts(
    school: School, needs: Mapping[tuple[Stage, str], Fraction]
) -> Mapping[tuple[Stage, str], int]:
    """Teaching posts proposed for each stage and subject.

    Where the establishment is recorded, its teaching posts are divided in proportion to full
    loads by Webster's method, never below full loads rounded down (even where these add up to
    more); otherwise full loads are rounded up.

    Parameters
    ----------
    needs
        (stage, subject) -> full loads that the periods make.

    """
    keys = sorted(needs, key=lambda key: (STAGES.index(key[0]), key[1]))
    if school.establishment is None:
        return {key: -(-needs[key].numerator // needs[key].denominator) for key in keys}
    weights = [needs[key] for key in keys]
    floors = [int(w) for w in weights]
    teaching = school.establishment - school.non_teaching_posts
    return dict(zip(keys, webster(teaching, weights, floors), strict=True))


def post_lines(county: County, holding: Mapping[str, Place] | None = None) -> tuple[PostLine, ...]:
    """Every public school's posts by stage and subject, wherever there is need, post or holder.

    Sorted by school, stage and the order of the periods table.

    Parameters
    ----------
    holding
        Teacher id -> section of the post, as of :func:`post_places`; None takes the county as it
        is.

    """
    return _lines_now(county) if holding is None else _lines_held(county, holding)


@once
def _lines_now(county: County) -> tuple[PostLine, ...]:
    return _lines_held(county, post_places(county))


def _lines_held(county: County, holding: Mapping[str, Place]) -> tuple[PostLine, ...]:
    held = _held(county, holding)
    return tuple(
        line
        for school, places in county.places_of_school.items()
        if not county.school[school].private
        for line in _lines(county, county.school[school], places, held)
    )


def _held(
    county: County, holding: Mapping[str, Place]
) -> Mapping[tuple[str, Stage, str], Counter[str]]:
    """(school, stage, subject) -> holders of a post by status."""
    found: dict[tuple[str, Stage, str], Counter[str]] = defaultdict(Counter)
    for id, place in holding.items():
        teacher = county.teacher[id]
        found[place.school.id, place.stage, teacher.subject][teacher.status] += 1
    return found


def _lines(
    county: County,
    school: School,
    places: tuple[Place, ...],
    held: Mapping[tuple[str, Stage, str], Counter[str]],
) -> Iterator[PostLine]:
    needed: Counter[tuple[Stage, str]] = Counter()
    for place in places:
        for taught, periods in place.demand.items():
            needed[place.stage, taught] += periods
    proposed = proposed_posts(
        school,
        {(g, s): Fraction(n, county.subject[s].load(g)) for (g, s), n in needed.items()},
    )
    agreed = _agreed(school)
    for stage in STAGES:
        for subject in county.subject.values():
            key = (stage, subject.id)
            here = held.get((school.id, *key), Counter())
            if not (needed[key] or key in agreed or here):
                continue
            yield PostLine(
                school=school.id,
                stage=stage,
                subject=subject.id,
                needed=needed[key],
                load=subject.load(stage),
                proposed=proposed.get(key, 0),
                agreed=agreed[key].posts if key in agreed else None,
                reason=agreed[key].reason if key in agreed else "",
                in_post=here.total(),
                lent_out=here["lent_out"],
                long_sick=here["long_sick"],
            )


def _agreed(school: School) -> Mapping[tuple[Stage, str], AgreedPosts]:
    return {(p.stage, p.subject): p for p in school.agreed_posts}


def demand_in_posts(county: County) -> Mapping[str, Mapping[str, int]]:
    """Weekly periods by section and subject, agreed posts counted as posts x load.

    For planners who count coverage in agreed posts rather than in periods. What is agreed for a
    school is divided over its campuses in proportion to the periods they need (all at the first
    where none needs any); where nothing is agreed, periods stay what they are.

    Returns
    -------
    dict
        section id -> subject id -> weekly periods, only where some are needed, sorted by id.

    """
    found = {place.id: dict(place.demand) for place in county.places.values()}
    for school in county.school.values():
        for (stage, subject), agreed in _agreed(school).items():
            here = [p for p in county.places_of_school[school.id] if p.stage == stage]
            weights = [p.demand.get(subject, 0) for p in here]
            if not any(weights):
                weights[0] = 1
            periods = agreed.posts * county.subject[subject].load(stage)
            for place, part in zip(here, webster(periods, weights), strict=True):
                found[place.id][subject] = part
    return {
        place: {subject: n for subject, n in sorted(periods.items()) if n}
        for place, periods in found.items()
    }
