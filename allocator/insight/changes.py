"""What a plan changes against a published one, and why each change was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from allocator.county.county import County
from allocator.county.plan import Move, Plan, Teaching
from allocator.insight.names import subject_names
from allocator.insight.registry import TIERS, tier_unit
from allocator.insight.view import Seen, before_after
from allocator.modelling import Language
from allocator.scenario import Scenario, Staffing
from allocator.staffing.decode import teaching
from allocator.staffing.goals.stability import Placed, otherwise, published_moves
from allocator.staffing.model import tier_values
from allocator.staffing.placement import Placement, examined
from allocator.staffing.rule import StaffingRule
from allocator.staffing.rules import RULES
from allocator.staffing.walking.able import walking_rule

MOST = 200
"""Changes that are examined: each means judging the whole plan once more."""
_SLIGHT = 1e-6


@dataclass(frozen=True)
class Why:
    """Why a placement is not as published: what happens if this one is put back.

    ``reason`` is ``excluded`` (a MUST rule does not admit the published placement), ``breaks``
    (a MUST rule would be missed, or missed by more), ``worse`` (the first tier that changes gets
    worse), ``impossible`` (no plan of the county can contain it), ``free`` (nothing stands
    against it: the plan is not proven) or ``not_examined``.
    """

    reason: str
    name: str = ""
    """The rule or tier."""
    by: float | None = None
    unit: str = ""


def changes(
    scenario: Scenario, plan: Seen, lang: Language = "zh", *, most: int = MOST
) -> pd.DataFrame:
    """One row for each teacher placed otherwise than published, by teacher; none if nothing was.

    Parameters
    ----------
    most
        How many are examined, in this order; the others are listed as not examined.

    """
    part = scenario.staffing or Staffing()
    seen = before_after(scenario, plan)
    county, subjects = seen.county, subject_names(scenario, lang)
    published = {m.teacher: m for m in part.terms.published}
    was = published_moves(county, part.terms.published)
    now = {m.teacher.id: (m.destination.id, m.move.kind) for m in seen.after.placed}
    changed = otherwise(county, part.terms.published, seen.after) if published else ()
    examiner = _Examiner(scenario, part, seen.after) if changed else None
    rows: list[dict[str, Any]] = []
    for n, id in enumerate(changed):
        teacher = county.teacher[id]
        start = county.start(teacher).id
        stays = start, None
        (published_at, published_kind), (now_at, now_kind) = was.get(id, stays), now.get(id, stays)
        then, here = county.places[published_at], county.places[now_at]
        why = Why("not_examined")
        if examiner is not None and n < most:
            why = examiner.why(id, published[id] if id in was else None)
        rows.append(
            {
                "teacher": id,
                "name": teacher.name,
                "subject": subjects[teacher.subject],
                "stage": teacher.stage,
                "from_school": county.places[start].school.name,
                "published_school": then.school.name,
                "published_campus": then.campus.name,
                "published_kind": published_kind,
                "now_school": here.school.name,
                "now_campus": here.campus.name,
                "now_kind": now_kind,
                "against": _against(was.get(id), now.get(id)),
                "why": why.reason,
                "because": _title(why, lang),
                "worse_by": why.by,
                "unit": why.unit,
            }
        )
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype({"worse_by": "float64"})


_COLUMNS = (
    "teacher", "name", "subject", "stage", "from_school", "published_school", "published_campus",
    "published_kind", "now_school", "now_campus", "now_kind", "against", "why", "because",
    "worse_by", "unit",
)  # fmt: skip


def _against(was: Placed | None, now: Placed | None) -> str:
    if was is None:
        return "added"
    if now is None:
        return "not_made"
    return "kind" if was[0] == now[0] else "other"


def _title(why: Why, lang: Language) -> str:
    """The rule or tier in words."""
    rules = {rule.name: rule.title for rule in RULES}
    tiers = {name: tier.title for name, tier in TIERS["staffing"].items()}
    found = (tiers if why.reason == "worse" else rules).get(why.name)
    return "" if found is None else found.say(lang)


class _Examiner:
    """Puts one placement back as published and judges the plan anew."""

    def __init__(self, scenario: Scenario, part: Staffing, plan: Placement) -> None:
        self.county: County = plan.county
        self.part = part
        self.configured = scenario.configured("staffing")
        self.must = [
            c.rule
            for c in self.configured
            if c.firmness == "must" and isinstance(c.rule, StaffingRule)
        ]
        self.plan = plan.plan
        self.given = plan
        self.walking = walking_rule(self.configured)
        base = self._placed(self.plan.moves)
        assert base is not None
        self.base = base
        self.shortfalls = {rule.name: self._missed(rule, base) for rule in self.must}
        self.values = self._values(base)

    def why(self, teacher: str, move: Move | None) -> Why:
        """What stands against putting a teacher back to where the published plan has them."""
        moves = [m for m in self.plan.moves if m.teacher != teacher]
        if move is not None:
            start = self.county.start(self.county.teacher[teacher])
            moves.append(move.model_copy(update={"origin": start.id}))
        seen = self._placed(tuple(moves), teacher)
        if seen is None:
            return Why("impossible")
        return self._broken(seen) or self._worse(seen) or Why("free")

    def _broken(self, seen: Placement) -> Why | None:
        """The first MUST rule that is missed by more; one that prunes comes first."""
        for rule in sorted(self.must, key=lambda rule: not rule.prunes()):
            old = self.shortfalls[rule.name]
            more = sum(
                max(0.0, missed - old.get(where, 0.0))
                for where, missed in self._missed(rule, seen).items()
            )
            if more > _SLIGHT:
                unit = tier_unit(TIERS["staffing"][rule.tier])
                return Why("excluded" if rule.prunes() else "breaks", rule.name, more, unit)
        return None

    def _worse(self, seen: Placement) -> Why | None:
        """The first tier that changes, if it gets worse."""
        new = self._values(seen)
        for name in self.part.goals:
            more = new[name] - self.values[name]
            if abs(more) > _SLIGHT:
                unit = tier_unit(TIERS["staffing"][name])
                return Why("worse", name, more, unit) if more > 0 else None
        return None

    def _missed(self, rule: StaffingRule, seen: Placement) -> Mapping[str, float]:
        return {r.where: r.shortfall for r in rule.readings(self.county, seen) if not r.kept}

    def _values(self, seen: Placement) -> Mapping[str, float]:
        part = self.part
        return tier_values(self.county, self.configured, part.goals, part.terms, seen)

    def _placed(self, moves: tuple[Move, ...], teacher: str | None = None) -> Placement | None:
        """The plan with these moves, its teaching filled up anew; None if it cannot be.

        Where only one teacher is placed otherwise, only the sections left and reached are.
        """
        seen, problems = examined(self.county, Plan(moves=moves, supply=self.plan.supply))
        if problems:
            return None
        county, by = self.county, self.part.terms.coverage
        beside, used = self._beside(seen)
        if teacher is None:
            own = teaching(county, seen.serving, by, beside=beside, used=used)
            return _taught(seen, (*own, *beside))
        subject = county.teacher[teacher].subject
        cells = {(p.serving[teacher].id, subject) for p in (self.base, seen)}
        cells |= {(e.section, e.subject) for e in self.base.beside.get(teacher, ())}
        kept = (t for t in self.base.plan.teaching if (t.section, t.subject) not in cells)
        own = teaching(county, seen.serving, by, only=cells, beside=beside, used=used)
        there = (e for e in beside if (e.section, e.subject) in cells)
        return _taught(seen, (*kept, *own, *there))

    def _beside(self, seen: Placement) -> tuple[tuple[Teaching, ...], dict[str, int]]:
        """Visits and second subjects of those who serve where the plan says, periods they take."""
        stay = {
            teacher: entries
            for teacher, entries in self.given.beside.items()
            if seen.serving[teacher].id == self.given.serving[teacher].id
        }
        lost = self.walking.travel if self.walking is not None else 0
        used = {
            teacher: sum(e.periods + lost * (e.section != seen.serving[teacher].id) for e in found)
            for teacher, found in stay.items()
        }
        return tuple(e for entries in stay.values() for e in entries), used


def _taught(seen: Placement, taught: tuple[Teaching, ...]) -> Placement:
    return replace(seen, plan=seen.plan.model_copy(update={"teaching": taught}))
