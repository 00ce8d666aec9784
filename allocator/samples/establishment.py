"""Establishments, agreed posts and post grades of the schools. All of it invented.

No random numbers: the place of a school in the list decides, so that nothing else changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from allocator.county.county import County
from allocator.county.places import AgreedPosts, GradedPosts, PostGrade, School
from allocator.county.posts import PostLine, post_lines, post_places

POOL_SHARE = 0.0025
"""Posts of the county's pool for each teacher of the county (invented)."""
_NON_TEACHING = 0.04
"""Non-teaching posts for each holder of a teaching post (invented)."""
_SPARE = 0.03
"""Free teaching posts for each holder, at most schools (invented)."""
_ROUND = 10
"""After so many schools the rules below begin again."""
_FULL, _OVERFULL = (2, 6), (8,)
"""Which of them have no free post, and which fewer posts than holders (超编)."""
_AGREED, _GRADED = (4,), (0, 3, 5, 7)
"""Which of them have agreed posts in some subjects, and graded posts."""
_GRADE_SHARES: Mapping[PostGrade, float] = {"professor": 0.005, "senior": 0.20, "middle": 0.48}
"""Share of teaching posts by grade, rounded down; the rest is junior (invented)."""

Posts = Mapping[str, Any]
"""Fields of :class:`School` that say what posts it has."""


def build_establishment(county: County) -> Mapping[str, Posts]:
    """The posts of every staffed public school, by school id.

    A school that opens without staff has none recorded: the plan does not say.
    """
    holders = Counter(place.school.id for place in post_places(county).values())
    staffed = [s for s in county.schools if not s.private and holders[s.id]]
    found: dict[str, dict[str, Any]] = {
        s.id: _approved(n % _ROUND, holders[s.id]) for n, s in enumerate(staffed)
    }
    lines = _lines(county, found)
    for n, school in enumerate(staffed):
        if n % _ROUND in _AGREED:
            found[school.id]["agreed_posts"] = _agreed(lines[school.id])
    return found


def _approved(turn: int, holders: int) -> dict[str, Any]:
    """Establishment, non-teaching posts and graded posts of a school with so many holders."""
    other = max(1, round(_NON_TEACHING * holders))
    spare = max(1, round(_SPARE * holders))
    teaching = holders + (-spare if turn in _OVERFULL else 0 if turn in _FULL else spare)
    made: dict[str, Any] = {"establishment": teaching + other, "non_teaching_posts": other}
    if turn in _GRADED:
        grades = {grade: int(share * teaching) for grade, share in _GRADE_SHARES.items()}
        grades["junior"] = teaching - sum(grades.values())
        made["graded_posts"] = tuple(GradedPosts(grade=g, posts=p) for g, p in grades.items())
    return made


def _lines(county: County, posts: Mapping[str, Posts]) -> dict[str, list[PostLine]]:
    """The posts proposed once the establishments are known, by school."""
    schools = tuple(_with(s, posts.get(s.id, {})) for s in county.schools)
    found: dict[str, list[PostLine]] = {s.id: [] for s in schools}
    for line in post_lines(county.model_copy(update={"schools": schools})):
        found[line.school].append(line)
    return found


def _with(school: School, posts: Posts) -> School:
    return school.model_copy(update=dict(posts))


def _agreed(lines: list[PostLine]) -> tuple[AgreedPosts, ...]:
    """One post moved from the subject proposed most to the one proposed least that is needed."""
    needed = [line for line in lines if line.needed]
    most = max(needed, key=lambda line: line.proposed)
    least = min(needed, key=lambda line: line.proposed)
    if most.proposed - least.proposed < 2:
        return ()
    return (
        AgreedPosts(
            stage=most.stage,
            subject=most.subject,
            posts=most.proposed - 1,
            reason="示例：与校长商定，让出一个岗位",
        ),
        AgreedPosts(
            stage=least.stage,
            subject=least.subject,
            posts=least.proposed + 1,
            reason="示例：与校长商定，补足薄弱学科",
        ),
    )
