"""A second look past structural errors, so that contradictions are told in the same breath.

A county with one malformed record cannot be cross-checked as it stands. So the faulty entries are
mended for the moment, by something harmless, and the rest is checked; what is then said of a
record that was mended is not told.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.files.faults import Path, faults_of, problems_in, real_path, worded
from allocator.scenario import PARTS
from allocator.scenario.checks import division_problems, published_problems
from allocator.scenario.scenario import listed_problems
from allocator.staffing.terms import StaffingTerms

_NUMBERS = {
    "int_type", "int_parsing", "int_parsing_size", "int_from_float",
    "float_type", "float_parsing", "decimal_type", "decimal_parsing", "finite_number",
}  # fmt: skip
_LIMITS = {
    "greater_than_equal": "ge", "less_than_equal": "le",
}  # fmt: skip


def look_again(error: ValidationError, data: Any) -> tuple[Problem, ...]:
    """Contradictions beside structural errors; none where they cannot be told."""
    faulty = {real_path(fault["loc"], data) for fault in faults_of(error)}
    found = (*_in_county(error, data), *_listed(faulty, data), *_across(faulty, data))
    return tuple(found)


def _listed(faulty: set[Path], data: Any) -> Iterator[Problem]:
    """Rules and goals listed twice or unknown, in a part that was not read to its end."""
    for name in PARTS:
        part = data.get(name) if isinstance(data, dict) else None
        if not isinstance(part, dict) or not any(
            len(path) > 1 and path[0] == name for path in faulty
        ):
            continue
        rules, goals = (
            part[key] if isinstance(part.get(key), list) else [] for key in ("rules", "goals")
        )
        names = [rule.get("rule") for rule in rules if isinstance(rule, dict)]
        if all(isinstance(goal, str) for goal in goals):
            known = [rule for rule in names if isinstance(rule, str)]
            for p in listed_problems(name, known, goals):
                yield Problem(f"{name}.{p.path}", p.text, p.details)


def _across(faulty: set[Path], data: Any) -> tuple[Problem, ...]:
    """What does not fit the county, where county and terms are sound but something else is not."""
    own = {("county",), ("staffing", "terms"), ("admission", "terms")}
    if not all(faulty) or any(path[:1] in own or path[:2] in own for path in faulty):
        return ()
    found: tuple[Problem, ...] = ()
    try:
        county = County.model_validate(data["county"])
        terms = {name: (data.get(name) or {}).get("terms") or {} for name in PARTS}
        moves = StaffingTerms.model_validate(terms["staffing"]).published
        found += published_problems(county, moves)
        if data.get("admission") is not None:
            found += division_problems(county, AdmissionTerms.model_validate(terms["admission"]))
    except (ValidationError, KeyError, AttributeError):
        return found
    return found


def _in_county(error: ValidationError, data: Any) -> tuple[Problem, ...]:
    """Contradictions in a county beside its structural errors."""
    county = data.get("county") if isinstance(data, dict) else None
    if not isinstance(county, dict):
        return ()
    county = copy.deepcopy(county)
    mended: set[str] = set()
    dropped: set[int] = set()
    for fault in faults_of(error):
        path = real_path(fault["loc"], data)
        if path[:1] != ("county",) or fault["type"] == "value_error":
            continue
        path = path[1:]
        if len(path) > 1 and path[0] == "teachers" and isinstance(path[1], int):
            dropped.add(path[1])
        elif _mend(county, path, fault["type"], dict(fault.get("ctx", {}))):
            mended.add(worded(_record(path)))
        else:
            return ()
    kept, gone = _drop(county, dropped)
    if not (mended or dropped):
        return ()
    try:
        County.model_validate(county)
    except ValidationError as second:
        found = (_back(p, kept) for p in problems_in(second, county))
        return tuple(
            Problem(f"county.{p.path}", p.text, p.details)
            for p in found
            if not any(p.path.startswith(m) for m in mended)
            and (p.path.startswith("teachers") or p.details.get("id") not in gone)
        )
    return ()


def _mend(county: dict[str, Any], path: Path, kind: str, context: dict[str, Any]) -> bool:
    """Put something harmless in the place of one faulty entry; False if nothing would be."""
    here: Any = county
    for step in path[:-1]:
        here = here[step]
    if kind == "extra_forbidden":
        del here[path[-1]]
    elif kind in _LIMITS:
        here[path[-1]] = context[_LIMITS[kind]]
    elif kind in _NUMBERS:
        here[path[-1]] = 1
    else:
        return False
    return True


def _record(path: Path) -> Path:
    """The innermost entry of a list that a path lies in, else the path itself."""
    last = max((n for n, step in enumerate(path) if isinstance(step, int)), default=len(path) - 1)
    return path[: last + 1]


def _drop(county: dict[str, Any], dropped: set[int]) -> tuple[list[int], list[Any]]:
    """Take the faulty teachers out; the numbers of those kept, the ids of the others."""
    teachers = county.get("teachers")
    if not isinstance(teachers, list):
        return [], []
    kept = [n for n in range(len(teachers)) if n not in dropped]
    records = (teachers[n] for n in sorted(dropped))
    gone = [record.get("id") for record in records if isinstance(record, dict)]
    county["teachers"] = [teachers[n] for n in kept]
    return kept, gone


def _back(problem: Problem, kept: list[int]) -> Problem:
    """A problem with the number its teacher has in the file."""
    found = re.match(r"teachers\[(\d+)\](.*)$", problem.path, re.DOTALL)
    if found is None:
        return problem
    path = f"teachers[{kept[int(found[1])]}]{found[2]}"
    return Problem(path, problem.text, problem.details)
