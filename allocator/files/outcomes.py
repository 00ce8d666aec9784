"""Outcome files, and plans out of them or out of files of their own."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from allocator.county.frozen import DataError, Frozen, Problem
from allocator.county.plan import Plan
from allocator.files.faults import merged, problems_in
from allocator.files.reading import read
from allocator.files.text import canonical, write_aside
from allocator.files.versions import migrate

if TYPE_CHECKING:
    from allocator.solving.outcome import Outcome

_Record = TypeVar("_Record", bound=Frozen)

_VERSION = 1
_PLAN = frozenset({"moves", "teaching", "supply", "quotas"})
_OPENED = frozenset(
    {
        "parts[]",
        "parts[].plan",
        "parts[].audit",
        "parts[].audit.verdicts[]",
        "parts[].division",
    }
)


def save_outcome(outcome: Outcome, path: str | PathLike[str], *, timings: bool = True) -> None:
    """Write an outcome.

    Parameters
    ----------
    timings
        Whether to write the seconds of each step, the only entries that differ between two runs.
    """
    data = outcome.model_dump(mode="json")
    if not timings:
        for holder in (data, *data["parts"]):
            holder["timings"] = {}
    write_aside(Path(path), canonical(data, _OPENED))


def save_plan(plan: Plan, path: str | PathLike[str]) -> None:
    """Write a plan by itself."""
    write_aside(Path(path), canonical(plan.model_dump(mode="json"), frozenset()))


def load_outcome(path: str | PathLike[str]) -> Outcome:
    """Read an outcome.

    Raises
    ------
    DataError
        With everything that is wrong with the file, each with its path.
    """
    return _outcome(*read(Path(path)))


def load_plan(path: str | PathLike[str]) -> Plan:
    """Read a plan, from a file of its own or from an outcome.

    Raises
    ------
    DataError
        With everything that is wrong with the file, each with its path.
    """
    found = load_plan_or_outcome(path)
    return found if isinstance(found, Plan) else found.plan


def load_plan_or_outcome(path: str | PathLike[str]) -> Plan | Outcome:
    """Read a plan or an outcome, whichever the file holds."""
    data, odd = read(Path(path))
    if isinstance(data, dict) and "format" not in data and _PLAN & data.keys():
        return _checked(Plan, data, odd)
    return _outcome(data, odd)


def _outcome(data: Any, odd: tuple[Problem, ...]) -> Outcome:
    # Imported only here: it brings the solvers along, and a plan does not need them.
    from allocator.solving.outcome import Outcome

    return _checked(Outcome, migrate(data, "allocator-outcome", _VERSION), odd)


def _checked(kind: type[_Record], data: Any, odd: tuple[Problem, ...]) -> _Record:
    try:
        made = kind.model_validate(data)
    except ValidationError as error:
        raise DataError(merged(odd, problems_in(error, data))) from None
    if odd:
        raise DataError(odd)
    return made
