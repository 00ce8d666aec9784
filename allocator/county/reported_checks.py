"""Checks of the totals typed in: is there such a row, is it said once, can it be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from allocator.county.frozen import Problem
from allocator.county.plan_table import PER, PLAN_INDICATORS, PlanIndicator, parts_of
from allocator.county.reported import Reported

if TYPE_CHECKING:
    from allocator.county.county import County


def reported_problems(county: County) -> Iterator[Problem]:
    """Everything wrong with the totals typed in, in the order of the file."""
    first: dict[tuple[int, str | None], int] = {}
    for n, total in enumerate(county.reported):
        path = f"reported[{n}]"
        key = (total.indicator, total.part)
        if key in first:
            yield Problem(
                path,
                "indicator {number} is typed in twice, first at {first}: keep one",
                {"number": total.indicator, "first": f"reported[{first[key]}]"},
            )
        first.setdefault(key, n)
        rows = parts_of(total.indicator)
        row = next((r for r in rows if r.part == total.part), None)
        if not rows:
            yield Problem(
                f"{path}.indicator",
                "indicator {number} is not in the plan's table: choose 1 to {last}",
                {"number": total.indicator, "last": PLAN_INDICATORS[-1].number},
            )
        elif row is None:
            yield _wrong_part(f"{path}.part", total, rows)
        else:
            yield from _amount(path, total, row)


def _wrong_part(path: str, total: Reported, rows: tuple[PlanIndicator, ...]) -> Problem:
    details = {
        "number": total.indicator,
        "parts": ", ".join(r.part for r in rows if r.part is not None),
    }
    if details["parts"]:
        return Problem(path, "indicator {number} has the parts {parts}: name one", details)
    return Problem(path, "indicator {number} is not split: leave the part empty", details)


def _amount(path: str, total: Reported, row: PlanIndicator) -> Iterator[Problem]:
    part_of_whole = (total.numerator is not None, total.denominator is not None)
    if any(part_of_whole) == (total.value is not None) or any(part_of_whole) != all(part_of_whole):
        text = "give either a value, or numerator and denominator"
        yield Problem(path, text, {"number": total.indicator})
    elif total.value is None and row.unit not in PER:
        text = "indicator {number} is no part of a whole: give a value"
        yield Problem(path, text, {"number": total.indicator})
    else:
        figure = total.figure(row.unit)
        if row.unit == "share" and figure is not None and figure > 1:
            yield Problem(
                path,
                "{given} is too large: a share is at most 1",
                {"given": f"{float(figure):g}"},
            )
