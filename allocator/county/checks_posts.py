"""Cross-checks of posts (定编定岗): what no establishment, however it is shared, could hold.

Agreed posts and non-teaching posts that together exceed the establishment are no error: the county
may add posts from its pool, and more may be agreed than is approved yet. The tables say by how
much.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING

from allocator.county.frozen import Problem

if TYPE_CHECKING:
    from allocator.county.county import County
    from allocator.county.places import School


def problems_of_posts(county: County) -> Iterator[Problem]:
    """Every contradiction in the posts of a county, school by school."""
    for i, school in enumerate(county.schools):
        path = f"schools[{i}]"
        yield from _agreed(path, school)
        yield from _graded(path, school)
        if school.establishment is not None:
            yield from _approved(path, school, school.establishment, county.post_pool)


def _agreed(path: str, school: School) -> Iterator[Problem]:
    taught = {s.stage for c in school.campuses for s in c.sections}
    for k, post in enumerate(school.agreed_posts):
        if post.stage not in taught:
            yield Problem(
                f"{path}.agreed_posts[{k}].stage",
                "school {id} has no {stage} section: correct the stage or remove the posts",
                {"id": school.id, "stage": post.stage},
            )
    for k, first in _again((p.stage, p.subject) for p in school.agreed_posts):
        post = school.agreed_posts[k]
        yield Problem(
            f"{path}.agreed_posts[{k}]",
            "posts for {subject} at the {stage} stage are agreed twice, first at {first}: keep one",
            {
                "subject": post.subject,
                "stage": post.stage,
                "first": f"{path}.agreed_posts[{first}]",
            },
        )


def _graded(path: str, school: School) -> Iterator[Problem]:
    for k, first in _again(p.grade for p in school.graded_posts):
        yield Problem(
            f"{path}.graded_posts[{k}]",
            "this grade is listed before, at {first}: keep one entry",
            {"first": f"{path}.graded_posts[{first}]"},
        )


def _approved(path: str, school: School, establishment: int, pool: int) -> Iterator[Problem]:
    if school.non_teaching_posts > establishment:
        yield Problem(
            f"{path}.non_teaching_posts",
            "{posts} non-teaching posts but an establishment of {establishment}: correct one",
            {"posts": school.non_teaching_posts, "establishment": establishment},
        )
    agreed = sum(p.posts for p in school.agreed_posts)
    if agreed > establishment + pool:
        yield Problem(
            f"{path}.agreed_posts",
            "{posts} posts are agreed, more than the establishment of {establishment} and the "
            "county's whole pool of {pool}: correct one",
            {"posts": agreed, "establishment": establishment, "pool": pool},
        )
    graded = sum(p.posts for p in school.graded_posts)
    if graded > establishment:
        yield Problem(
            f"{path}.graded_posts",
            "{posts} graded posts but an establishment of {establishment}: correct one",
            {"posts": graded, "establishment": establishment},
        )


def _again(keys: Iterable[Hashable]) -> Iterator[tuple[int, int]]:
    """Positions whose key stood earlier, each with the position where it stood first."""
    first: dict[Hashable, int] = {}
    for k, key in enumerate(keys):
        if key in first:
            yield k, first[key]
        first.setdefault(key, k)
