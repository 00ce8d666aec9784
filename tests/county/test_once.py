"""What is made of a record is made once, and made anew for a variation."""

from __future__ import annotations

from allocator.county.frozen import Frozen, once


class Box(Frozen):
    width: int


MADE: list[int] = []


@once
def doubled(box: Box) -> int:
    MADE.append(box.width)
    return 2 * box.width


def test_it_is_made_once_and_a_variation_starts_without_it():
    MADE.clear()
    box = Box(width=2)
    assert [doubled(box), doubled(box)] == [4, 4]
    assert doubled(box.model_copy(update={"width": 3})) == 6
    assert MADE == [2, 3]
    assert box == Box(width=2)
    assert box.model_dump() == {"width": 2}
