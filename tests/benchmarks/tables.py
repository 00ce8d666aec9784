"""Figures as tables in Markdown, and goals beside what was reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], left: int = 1) -> str:
    """A table; so many columns read from the left, all others from the right."""
    marks = [*["---"] * left, *["---:"] * (len(headings) - left)]
    lines = [headings, marks, *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def number(value: float | None, digits: int = 2) -> str:
    """A number, or a dash where there is none."""
    return "–" if value is None else f"{value:,.{digits}f}"


def percent(share: float | None, digits: int = 2) -> str:
    """A share in percent, or a dash."""
    return "–" if share is None else f"{100 * share:.{digits}f} %"


def times(ratio: float | None, digits: int = 1) -> str:
    """A ratio, or a dash."""
    return "–" if ratio is None else f"{ratio:.{digits}f} x"


def judged(goal: str, found: str, met: bool | None) -> tuple[str, str, str]:
    """A line of a table of goals: the goal, what was found, and whether that meets it."""
    return goal, found, "not measured" if met is None else "met" if met else "not met"


def goals(lines: Iterable[tuple[str, str, str]]) -> str:
    """A table of goals beside what was found."""
    return table(("Goal", "Found", ""), lines, left=3)
