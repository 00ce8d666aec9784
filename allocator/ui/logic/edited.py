"""A results workbook that people changed by hand, uploaded: its edits, verdicts, and the way on.

What a page calls, in this order:

- ``uploaded(scenario, outcome, content, name)`` reads the file against the outcome it was exported
  from; a :class:`DataError` lists everything that cannot be read, each with sheet and cell.
- ``Review.edits`` and ``Review.notes`` are there at once; ``Review.table("edits", lang)`` lists
  who, from, to. ``Review.judged()`` takes two audits an edit (half a second each at 8,500
  teachers, at most ``MOST`` edits): call it once a button is pressed. After it ``"verdicts"``,
  ``"tiers"`` and ``"rules"`` are tables too, with codes as columns, for ``show_table``.
- ``pin_edits(review, keys)`` gives ordinary edits of the draft for
  ``session.edit(draft.key, lambda d: d.with_each(...))``; ``Review.unpinned`` says which edits
  cannot be pinned and why (table ``"unpinned"``).
- ``findings(review)`` shows the edited plan on every page of results.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from allocator.audit import audit
from allocator.county.frozen import Problem
from allocator.files.edited import EditedPlan, read_edited
from allocator.insight.by_hand.edits import HandEdit, MoveEdit, QuotaEdit, key_of
from allocator.insight.by_hand.judging import MOST, Judgement, judged
from allocator.insight.by_hand.pins import RULES, Removed, pins_after, quota_pin, unpinned
from allocator.insight.by_hand.tables import (
    edit_table,
    edit_verdicts,
    rules_by_hand,
    tiers_by_hand,
    unpinned_table,
)
from allocator.modelling import Language
from allocator.records.tables import table
from allocator.scenario import Scenario
from allocator.solving.outcome import Outcome, PartOutcome, TierResult
from allocator.ui.logic.edits import Edit
from allocator.ui.logic.findings import Findings

__all__ = ["MOST", "Review", "findings", "pin_edits", "uploaded"]


@dataclass(frozen=True)
class Review:
    """An uploaded workbook beside the outcome it was exported from."""

    scenario: Scenario
    outcome: Outcome
    edited: EditedPlan
    _kept: dict[int, Judgement] = field(default_factory=dict, repr=False, compare=False)

    @property
    def edits(self) -> tuple[HandEdit, ...]:
        """Every edit; none where only the format was changed."""
        return self.edited.edits

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What is not in the workbook and stays as it was, or is there and was left unread."""
        return self.edited.notes

    @cached_property
    def unpinned(self) -> tuple[tuple[HandEdit, Problem], ...]:
        """Edits that cannot be kept as pins, each with the reason."""
        return unpinned(self.scenario, self.edits)

    def judged(self, most: int = MOST) -> Judgement:
        """What all rules and goals say; found once, and kept.

        Parameters
        ----------
        most
            How many edits of teachers are judged one by one.
        """
        if most not in self._kept:
            base = self.outcome.plan
            self._kept[most] = judged(self.scenario, base, self.edits, most=most)
        return self._kept[most]

    def table(self, name: str, lang: Language, most: int = MOST) -> pd.DataFrame:
        """One of ``edits``, ``unpinned``, and once judged ``verdicts``, ``tiers``, ``rules``."""
        return _TABLES[name](self, lang, most)


_TABLES: Mapping[str, Callable[[Review, Language, int], pd.DataFrame]] = {
    "edits": lambda r, lang, _: edit_table(r.scenario, r.edits, lang),
    "unpinned": lambda r, lang, _: unpinned_table(r.scenario, r.unpinned, lang),
    "verdicts": lambda r, lang, n: edit_verdicts(r.scenario, r.judged(n), lang),
    "tiers": lambda r, lang, n: tiers_by_hand(r.scenario, r.judged(n), lang, r.outcome),
    "rules": lambda r, lang, n: rules_by_hand(r.scenario, r.judged(n), lang),
}


def uploaded(scenario: Scenario, outcome: Outcome, content: bytes, name: str = "") -> Review:
    """Read an uploaded workbook against the outcome it was exported from.

    Raises
    ------
    DataError
        With everything that cannot be read, each with its sheet and cell.
    """
    return Review(scenario, outcome, read_edited(scenario, outcome, content, name))


def pin_edits(
    review: Review,
    keys: Collection[str] | None = None,
    *,
    into: Scenario | None = None,
    removed: Removed = "stays",
) -> tuple[Edit, ...]:
    """Edits of the draft that keep what was changed by hand, so that the rest is solved again.

    Parameters
    ----------
    keys
        Which edits, by their ``edit_key``; None takes all that can be pinned.
    into
        The scenario as the draft has it; None takes the one the workbook was read against.
    removed
        Whether a teacher taken off the list stays, or only does not go to that campus.
    """
    scenario = into or review.scenario
    left = {key_of(edit) for edit, _ in review.unpinned}
    chosen = [
        e for e in review.edits if key_of(e) not in left and (keys is None or key_of(e) in keys)
    ]
    made = [_rule_on(scenario, part, rule) for part, rule in RULES
            if any(e.part == part for e in chosen)]  # fmt: skip
    made += [_pin(scenario, e, removed) for e in chosen]
    return tuple(e for e in made if e is not None)


def _rule_on(scenario: Scenario, part: str, rule: str) -> Edit | None:
    """The rule on pins in force, where it is not."""
    held = scenario.part("staffing" if part == "staffing" else "admission")
    listed = held.rules if held is not None else ()
    if any(c.rule == rule and c.firmness == "must" for c in listed):
        return None
    return Edit("rule", (part, rule), {"rule": rule, "firmness": "must", "parameters": {}})


def _pin(scenario: Scenario, edit: HandEdit, removed: Removed) -> Edit | None:
    county = scenario.county
    if isinstance(edit, MoveEdit) and edit.teacher in county.teacher:
        pins = pins_after(county, edit, removed=removed)
        value = [p.model_dump(mode="json") for p in pins]
        return Edit("cell", ("teachers", edit.teacher, "pins"), value)
    if isinstance(edit, QuotaEdit):
        row = f"{edit.senior_high}.{edit.junior_high}"
        if row in table("quota_pins").rows(county):
            return Edit("cell", ("quota_pins", row, "places"), edit.now)
        return Edit("add", ("quota_pins", row), quota_pin(edit).model_dump(mode="json"))
    return None


def findings(review: Review) -> Findings:
    """The edited plan as results: audited, with its goals counted, and nothing proven of it."""
    outcome = review.outcome
    parts = tuple(
        _as_edited(review, part) if part.part in review.edited.parts else part
        for part in outcome.parts
    )
    return Findings(review.scenario, outcome.model_copy(update={"parts": parts}))


def _as_edited(review: Review, part: PartOutcome) -> PartOutcome:
    """The outcome of a part with its plan replaced by the edited one."""
    plan = review.edited.plan
    mine: dict[str, Any] = (
        {"quotas": ()} if part.part == "staffing" else {"moves": (), "teaching": (), "supply": ()}
    )
    found = audit(review.scenario, plan, (part.part,))
    values = found.tiers[part.part]
    tiers = tuple(
        TierResult(name=t.name, unit=t.unit, value=values.get(t.name, t.value)) for t in part.tiers
    )
    update = {
        "plan": plan.model_copy(update=mine),
        "audit": found,
        "tiers": tiers,
        "status": "feasible",
        "reason": "gap_open",
        "division": None,
        "notes": (),
    }
    return part.model_copy(update=update)
