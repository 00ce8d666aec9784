"""Stable matching (延迟接受算法) of people and posts, or pupils and places, by what people want.

References
----------
Gale and Shapley, College admissions and the stability of marriage, 1962. With strict orders on
both sides the outcome is stable, and no stable matching is better for any of those who propose.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import TypeVar

Post = TypeVar("Post")


def deferred_acceptance(
    wishes: Mapping[str, Sequence[Post]],
    order: Mapping[Post, Sequence[str]],
    posts: Mapping[Post, int],
) -> dict[str, Post]:
    """Who gets which post, when people propose and posts keep the best who came.

    Parameters
    ----------
    wishes
        Person -> posts wanted, the most wanted first; one that is not listed is not wanted.
    order
        Post -> everyone who may have it, the best first.
    posts
        Post -> how many people it takes; a post not listed takes nobody.

    Returns
    -------
    dict
        Person -> post, by person; whoever gets none is left out.

    """
    rank = _ranks(order)
    held: dict[Post, list[tuple[int, str]]] = {}
    """Post -> who is kept so far, the last in its order on top of the heap."""
    asked = dict.fromkeys(wishes, 0)
    free = deque(sorted(wishes))
    while free:
        person = free.popleft()
        if asked[person] >= len(wishes[person]):
            continue
        post = wishes[person][asked[person]]
        asked[person] += 1
        known = rank.get(post, {})
        if person in known:
            here = held.setdefault(post, [])
            heappush(here, (-known[person], person))
            if len(here) <= posts.get(post, 0):
                continue
            _, person = heappop(here)
        free.append(person)
    return dict(sorted((person, post) for post, people in held.items() for _, person in people))


def blocking_pairs(
    wishes: Mapping[str, Sequence[Post]],
    order: Mapping[Post, Sequence[str]],
    posts: Mapping[Post, int],
    matched: Mapping[str, Post],
) -> Iterator[tuple[str, Post]]:
    """Who would rather have a post that is free or goes to somebody after them in its order."""
    rank = _ranks(order)
    taken: dict[Post, list[int]] = {}
    for person, post in matched.items():
        taken.setdefault(post, []).append(rank[post][person])
    last = {post: max(ranks) for post, ranks in taken.items()}
    for person, wanted in wishes.items():
        for post in wanted:
            if matched.get(person) == post:
                break
            mine = rank.get(post, {}).get(person)
            if mine is None or not posts.get(post, 0):
                continue
            if len(taken.get(post, ())) < posts[post] or mine < last[post]:
                yield person, post


def is_stable(
    wishes: Mapping[str, Sequence[Post]],
    order: Mapping[Post, Sequence[str]],
    posts: Mapping[Post, int],
    matched: Mapping[str, Post],
) -> bool:
    """Whether a matching keeps to wishes, orders and numbers, and no pair would rather leave it."""
    allowed = all(
        post in wishes.get(person, ()) and person in order.get(post, ())
        for person, post in matched.items()
    )
    full = all(n <= posts.get(post, 0) for post, n in Counter(matched.values()).items())
    return allowed and full and not any(blocking_pairs(wishes, order, posts, matched))


def _ranks(order: Mapping[Post, Sequence[str]]) -> dict[Post, dict[str, int]]:
    return {post: {person: n for n, person in enumerate(people)} for post, people in order.items()}
