"""What the admission rules say of last year's quota table, were it published again this year.

Nothing is divided before a solve, so the county as it is has no quota table of its own. The nearest
to one is the latest on record: read against this year's places, claims and rules, it tells what
has to change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from allocator import insight
from allocator.admission.entitlement import Entitlement, entitle
from allocator.admission.rule import AdmissionRule
from allocator.admission.table import QuotaTable
from allocator.admission.terms import AdmissionTerms
from allocator.audit import Audit, Verdict
from allocator.county.county import County
from allocator.modelling import Configured, Language
from allocator.scenario import Scenario
from allocator.ui.logic.today import Said, spoken

_Key = tuple[tuple[Configured, ...], AdmissionTerms]


@dataclass(frozen=True)
class LastTable:
    """The latest quota table on record, judged once for each setting of rules and terms."""

    county: County
    _judged: dict[_Key, tuple[Verdict, ...]] = field(default_factory=dict)

    @cached_property
    def year(self) -> int | None:
        """The year it was published for; None without any."""
        return max((past.year for past in self.county.past_quotas), default=None)

    def said(self, scenario: Scenario, lang: Language) -> Mapping[str, Said]:
        """Rule -> what it says, for the admission rules of a scenario of this county."""
        if self.year is None or scenario.admission is None:
            return {}
        key = (scenario.configured("admission"), scenario.admission.terms)
        if key not in self._judged:
            self._judged[key] = self._verdicts(*key)
        heard = Audit(clean=True, verdicts=self._judged[key], tiers={"admission": {}})
        found = spoken(insight.rules(scenario, heard, lang))
        return {rule: said for (_, rule), said in found.items()}

    def _verdicts(
        self, rules: tuple[Configured, ...], terms: AdmissionTerms
    ) -> tuple[Verdict, ...]:
        table = self._table(entitle(self.county, rules, terms))
        return tuple(
            Verdict(
                part="admission",
                rule=c.rule.name,
                firmness=c.firmness,
                kept=all(r.kept for r in readings),
                shortfall=float(sum(r.shortfall for r in readings)),
                readings=readings,
            )
            for c in rules
            if isinstance(c.rule, AdmissionRule)
            for readings in [tuple(c.rule.readings(self.county, table))]
        )

    def _table(self, due: Entitlement) -> QuotaTable:
        """Its places; those of schools pooled now stand in their pool, those nobody may have
        any more are left out.
        """
        home = {s.id: id for id, claimant in due.claimants.items() for s in claimant.schools}
        cells: Counter[tuple[str, str]] = Counter()
        for past in self.county.past_quotas:
            cell = (past.senior_high, home.get(past.junior_high, past.junior_high))
            if past.year == self.year and cell in due.cells:
                cells[cell] += past.places
        return QuotaTable(self.county, due, dict(cells))
