"""Names of a quota table: how rows and columns are called, and whom a label means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property

from allocator.admission.entitlement import Entitlement, entitle
from allocator.county.frozen import DataError, Problem
from allocator.insight.headings import COLUMNS
from allocator.modelling import Text
from allocator.scenario import Scenario

SHEET = Text("名额分配表", "Quota matrix")
"""The sheet that holds the table in a workbook of ours."""

_TOTALS = ("合计", "总计", "共计", "小计", "Total", "total", "TOTAL")
"""How a totals row or column is called."""
_HALF_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)}


def plain(label: str) -> str:
    """A label without blanks and what nobody sees, with half-width digits, letters and signs."""
    return "".join(c for c in label.translate(_HALF_WIDTH) if c.isprintable() and c != " ")


def is_total(label: str) -> bool:
    """Whether a label heads totals."""
    return plain(label) in (*_TOTALS, *map(plain, COLUMNS["total"].title))


@cache
def asides() -> frozenset[str]:
    """Headings of what the workbook of an outcome shows beside the places, such as graduates."""
    return frozenset(plain(title) for column in COLUMNS.values() for title in column.title)


@dataclass(frozen=True)
class Labels:
    """Those that stand in the rows, or in the columns: by name or by code, nothing guessed."""

    names: Mapping[str, str]
    """Code -> name, in the order of the table."""

    @cached_property
    def _known(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for code, name in self.names.items():
            found[plain(code)].add(code)
            found[plain(name)].add(code)
        return {label: tuple(sorted(codes)) for label, codes in found.items()}

    def meant(self, label: str) -> tuple[str, ...]:
        """Codes a label may mean: none if it is unknown, several if it is ambiguous."""
        return self._known.get(plain(label), ())

    def near(self, label: str) -> tuple[str, ...]:
        """Names that look like an unknown label, the nearest first."""
        by_label = {plain(name): name for name in self.names.values()}
        return tuple(by_label[key] for key in get_close_matches(plain(label), by_label, n=3))

    def written(self, code: str) -> str:
        """How one is called in a table: by name, by code where the name would not be enough."""
        name = self.names[code]
        clear = self.meant(name) == (code,) and not is_total(name)
        return name if clear else code


@dataclass(frozen=True)
class TableForm:
    """Who stands in the rows and columns of a scenario's quota table."""

    entitlement: Entitlement
    schools: Labels
    """Junior highs, and pools of small ones."""
    highs: Labels
    """Senior highs that divide places."""
    pooled: Mapping[str, str]
    """Label of a junior high in a pool, plain -> how its pool is called."""

    def admits(self, high: str, school: str) -> bool:
        """Whether the senior high admits from the junior high."""
        return (high, school) in self.entitlement.cells


def form_of(scenario: Scenario) -> TableForm:
    """The form of a scenario's quota table.

    Raises
    ------
    DataError
        If the scenario divides no places.
    """
    if scenario.admission is None:
        raise DataError((Problem("admission", "the scenario holds no such part"),))
    due = entitle(scenario.county, scenario.configured("admission"), scenario.admission.terms)
    highs = {h.id: h.name for h in scenario.county.senior_highs}
    schools = Labels({id: c.name for id, c in due.claimants.items()})
    pooled = {
        plain(label): schools.written(id)
        for id, claimant in due.claimants.items()
        for school in claimant.schools
        for label in (school.id, school.name)
        if school.id != id
    }
    return TableForm(due, schools, Labels({id: highs[id] for id in due.quotas}), pooled)


def listed(names: Iterable[str], most: int = 12) -> str:
    """Some names for a sentence, the rest left out."""
    held = list(names)
    return "、".join(held[:most]) + ("…" if len(held) > most else "")
