"""What the staffing rules say of the county as it is, with nobody moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from allocator import insight
from allocator.audit import Audit, Verdict
from allocator.county.county import County
from allocator.county.plan import Plan
from allocator.modelling import Configured, Language, Reading, Rule
from allocator.scenario import Scenario
from allocator.staffing.placement import Placement, examined
from allocator.staffing.rule import StaffingRule


@dataclass(frozen=True)
class Said:
    """What a rule says of a plan or of the county as it is."""

    kept: bool
    verdict: str


@dataclass(frozen=True)
class Today:
    """A county with nobody moved. A rule is read once for each setting of its parameters."""

    county: County
    _read: dict[Rule, tuple[Reading, ...]] = field(default_factory=dict)
    _said: dict[tuple[tuple[Configured, ...], Language], Mapping[str, Said]] = field(
        default_factory=dict
    )

    @cached_property
    def _placed(self) -> Placement:
        return examined(self.county, Plan())[0]

    @property
    def read(self) -> bool:
        """Whether it was read before: what follows is quick then."""
        return bool(self._read)

    def said(self, scenario: Scenario, lang: Language) -> Mapping[str, Said]:
        """Rule -> what it says, for the staffing rules of a scenario of this county."""
        rules = scenario.configured("staffing")
        key = (rules, lang)
        if key not in self._said:
            verdicts = tuple(self._verdict(c) for c in rules)
            heard = Audit(clean=True, verdicts=verdicts, tiers={"staffing": {}})
            found = spoken(insight.rules(scenario, heard, lang))
            self._said[key] = {rule: said for (_, rule), said in found.items()}
        return self._said[key]

    def _verdict(self, c: Configured) -> Verdict:
        if c.rule not in self._read:
            assert isinstance(c.rule, StaffingRule)
            self._read[c.rule] = tuple(c.rule.readings(self.county, self._placed))
        readings = self._read[c.rule]
        return Verdict(
            part="staffing",
            rule=c.rule.name,
            firmness=c.firmness,
            kept=all(r.kept for r in readings),
            shortfall=float(sum(r.shortfall for r in readings)),
            readings=readings,
        )


def spoken(table: pd.DataFrame) -> Mapping[tuple[str, str], Said]:
    """Part and rule with what the table of rules says of it, for those judged."""
    return {
        (row["part"], row["rule"]): Said(bool(row["kept"]), str(row["verdict"]))
        for row in table[table["kept"].notna()].to_dict("records")
    }
