"""What came of a run, as tables: each is made when first asked for, and once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from allocator import insight
from allocator.audit import Verdict
from allocator.files.export.result import Result
from allocator.files.publication import publication
from allocator.files.workbook.workbook import workbook_bytes
from allocator.insight import tables
from allocator.insight.method_tables import (
    junior_highs_by_method,
    method_comparison,
)
from allocator.insight.registry import REGISTRY
from allocator.insight.usable_tables import expected_return, expected_use
from allocator.modelling import Language, verdict
from allocator.scenario import PartName
from allocator.ui.logic.draft import chosen
from allocator.ui.logic.staffing_views import STAFFING_VIEWS

_SAID = 5
"""Places of one missed rule that are told in full."""


@dataclass(frozen=True)
class Missed:
    """One rule that is not kept, in sentences."""

    title: str
    places: int
    """How many places miss it."""
    sentences: tuple[str, ...]
    """The worst places first, not all of them."""


@dataclass(frozen=True)
class Findings(Result):
    """An outcome beside the scenario that made it, as pages show it."""

    def publication(self) -> str:
        """The quota table as a page for publication, in both languages."""
        return publication(self.scenario, self.outcome)

    def table(self, name: str, lang: Language) -> pd.DataFrame:
        """A table of the insight room, with codes as columns; the same frame at every call."""
        return self.once(name, lang, lambda: _TABLES[name](self, lang))

    def workbook(self, lang: Language) -> bytes:
        """The workbook, for a download."""
        return workbook_bytes(self.scenario, self.outcome, lang)

    def wished(self, part: PartName) -> bool:
        """Whether any rule of a part is wished for."""
        return any(c.firmness == "should" for c in self.scenario.configured(part))

    def missed(self, part: PartName, firmness: str, lang: Language) -> list[Missed]:
        """The rules of one firmness that the plan does not keep."""
        found = self.outcome.part(part)
        if found is None or found.audit is None:
            return []
        return [
            self._told(v, lang)
            for v in found.audit.verdicts
            if v.firmness == firmness and not v.kept
        ]

    def _told(self, found: Verdict, lang: Language) -> Missed:
        kind = next(r for r in REGISTRY[found.part] if r.name == found.rule)
        rule = chosen(self.scenario, found.part, kind).rule
        name = insight.namer(self.scenario, lang)
        missed = sorted(
            (r for r in found.readings if not r.kept), key=lambda r: (-r.shortfall, r.where)
        )
        return Missed(
            title=rule.title.say(lang),
            places=len(missed),
            sentences=tuple(verdict(rule, r, name(r.where), lang) for r in missed[:_SAID]),
        )


_TABLES: Mapping[str, Callable[[Findings, Language], pd.DataFrame]] = {
    **STAFFING_VIEWS,
    "quotas": lambda f, _: insight.quota_matrix(f.scenario, f.outcome.plan),
    "methods": lambda f, lang: method_comparison(f.scenario, f.methods, lang),
    "schools_by_method": lambda f, _: junior_highs_by_method(f.scenario, f.methods),
    "expected_use": lambda f, _: expected_use(f.scenario, f.outcome.plan),
    "expected_return": lambda f, _: expected_return(f.scenario, f.outcome.plan),
    "rules": lambda f, lang: _rules(f, lang),
    "proof": lambda f, lang: tables.proof(f.scenario, f.outcome, lang),
}


def _rules(found: Findings, lang: Language) -> pd.DataFrame:
    """The rules of every part audited, one part after the other."""
    audits = [p.audit for p in found.outcome.parts if p.audit is not None]
    return pd.concat([insight.rules(found.scenario, audit, lang) for audit in audits])
