"""Stable matching of people and posts (延迟接受算法), in the order of what people want.

References
----------
Gale and Shapley, College admissions and the stability of marriage, 1962. With strict orders on
both sides the outcome is stable, and no stable matching is better for any of those who propose.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
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
    rank = {post: {person: n for n, person in enumerate(people)} for post, people in order.items()}
    held: dict[Post, list[str]] = {}
    asked = dict.fromkeys(wishes, 0)
    free = deque(sorted(wishes))
    while free:
        person = free.popleft()
        if asked[person] >= len(wishes[person]):
            continue
        post = wishes[person][asked[person]]
        asked[person] += 1
        known = rank.get(post, {})
        here = held.setdefault(post, [])
        if person in known:
            here.append(person)
            if len(here) <= posts.get(post, 0):
                continue
            person = max(here, key=known.__getitem__)
            here.remove(person)
        free.append(person)
    return dict(sorted((person, post) for post, people in held.items() for person in people))
