"""Tables of a plan changed by hand: every edit, what it did, goals and rules before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from allocator.county.frozen import Problem
from allocator.county.plan import Move
from allocator.insight.by_hand.edits import HandEdit, MoveEdit, QuotaEdit, key_of
from allocator.insight.by_hand.judging import Change, Effect, Judgement
from allocator.insight.names import bracketed, namer, person
from allocator.insight.registry import REGISTRY, TIERS, tier_unit
from allocator.insight.vocabulary import KIND, SUPPLY, UNIT, word
from allocator.modelling import Language, Rule, Text, verdict
from allocator.scenario import Scenario
from allocator.words import say, tell

if TYPE_CHECKING:
    from allocator.solving.outcome import Outcome

_STAYS = Text("不交流", "stays")
_YEARS = Text("{n}年", "{n} years")
_WORSE = Text("{tier}：{before} → {after}（{unit}）", "{tier}: {before} → {after} ({unit})")
_ABOUT = ("edit_key", "edit", "edit_about", "edit_home", "edit_was", "edit_now", "edit_at")


def edit_table(
    scenario: Scenario, edits: Iterable[HandEdit], lang: Language = "zh"
) -> pd.DataFrame:
    """One row an edit: what it changes, for whom, from what to what, and in which cell."""
    teller = _Teller(scenario, lang)
    return pd.DataFrame([teller.about(edit) for edit in edits], columns=list(_ABOUT))


def edit_verdicts(scenario: Scenario, judgement: Judgement, lang: Language = "zh") -> pd.DataFrame:
    """One row an edit with what it broke and cost, by itself and among all edits.

    The cost is the first goal that changes, in the order of goals.
    """
    teller = _Teller(scenario, lang)
    rows = [
        {
            **teller.about(v.edit),
            "edit_together": v.together,
            **teller.effect("edit_alone", v.alone),
            **teller.effect("edit_among", v.among),
        }
        for v in judgement.each
    ]
    columns = (
        *_ABOUT, "edit_together", "edit_alone", "edit_alone_broken", "edit_alone_cost",
        "edit_among", "edit_among_broken", "edit_among_cost",
    )  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns))


def tiers_by_hand(
    scenario: Scenario, judgement: Judgement, lang: Language = "zh", outcome: Outcome | None = None
) -> pd.DataFrame:
    """Every goal before and after the edits, most important first; less is better.

    Parameters
    ----------
    outcome
        Where the plan comes from: its proven bounds are listed beside.
    """
    bounds = {
        (part.part, tier.name): tier.bound
        for part in (outcome.parts if outcome is not None else ())
        for tier in part.tiers
    }
    rows = [
        {
            "part": t.part,
            "tier": t.name,
            "tier_title": TIERS[t.part][t.name].title.say(lang),
            "unit": tier_unit(TIERS[t.part][t.name]),
            "value_before": t.before,
            "value_after": t.after,
            "change": t.by if t.differs else 0.0,
            "bound": bounds.get((t.part, t.name)),
        }
        for t in judgement.whole.tiers
    ]
    columns = (
        "part", "tier", "tier_title", "unit", "value_before", "value_after", "change", "bound",
    )  # fmt: skip
    numbers = ("value_before", "value_after", "change", "bound")
    return pd.DataFrame(rows, columns=list(columns)).astype(dict.fromkeys(numbers, "float64"))


def rules_by_hand(scenario: Scenario, judgement: Judgement, lang: Language = "zh") -> pd.DataFrame:
    """Every place at which a rule is missed by more or by less after the edits, worst first."""
    teller = _Teller(scenario, lang)
    order = {"must": 0, "should": 1, "watch": 2}
    changes = sorted(judgement.whole.changes, key=lambda c: (not c.worse, order[c.firmness]))
    rows = [
        {
            "part": c.part,
            "rule": c.rule,
            "title": teller.rules[c.part, c.rule].title.say(lang),
            "firmness": c.firmness,
            "step_by": _step(c),
            "said_before": teller.said(c, after=False),
            "said_after": teller.said(c, after=True),
        }
        for c in changes
    ]
    columns = ("part", "rule", "title", "firmness", "step_by", "said_before", "said_after")
    return pd.DataFrame(rows, columns=list(columns))


def unpinned_table(
    scenario: Scenario, left: Sequence[tuple[HandEdit, Problem]], lang: Language = "zh"
) -> pd.DataFrame:
    """Edits that cannot be kept as pins, with the reason."""
    teller = _Teller(scenario, lang)
    rows = [
        {**teller.about(edit), "why_unpinned": say(why.text, lang, **why.details)}
        for edit, why in left
    ]
    return pd.DataFrame(rows, columns=[*_ABOUT, "why_unpinned"])


def _step(change: Change) -> str:
    if change.worse:
        return "broken" if change.was is None or change.was.kept else "worse"
    return "mended" if change.now is None or change.now.kept else "better"


class _Teller:
    """Edits and their effects in words; looks the county up once."""

    def __init__(self, scenario: Scenario, lang: Language) -> None:
        self.scenario, self.lang = scenario, lang
        self.name = namer(scenario, lang)
        self.rules: dict[tuple[str, str], Rule] = {
            (part, c.rule.name): c.rule for part in REGISTRY for c in scenario.configured(part)
        }

    def about(self, edit: HandEdit) -> Mapping[str, Any]:
        """What an edit changes, for whom, and where it stands."""
        county, lang = self.scenario.county, self.lang
        told: dict[str, Any] = {"edit_key": key_of(edit), "edit_at": edit.at, "edit_home": ""}
        if isinstance(edit, MoveEdit):
            teacher = county.teacher[edit.teacher]
            return told | {
                "edit": _what(edit),
                "edit_about": person(teacher, lang),
                "edit_home": county.home(teacher).name,
                "edit_was": self._move(edit.was),
                "edit_now": self._move(edit.now),
            }
        if isinstance(edit, QuotaEdit):
            pair = (edit.senior_high, edit.junior_high)
            about: dict[str, Any] = {
                "edit": "places",
                "edit_about": " → ".join(map(self.name, pair)),
            }
        else:
            joint = " · "
            names = (self.name(edit.section), self.name(edit.subject))
            about = {
                "edit": "supply",
                "edit_about": joint.join((*names, word(SUPPLY, edit.kind, lang))),
            }
        return told | about | {"edit_was": str(edit.was), "edit_now": str(edit.now)}

    def _move(self, move: Move | None) -> str:
        if move is None:
            return _STAYS.say(self.lang)
        place = self.scenario.county.places.get(move.destination)
        parts = [word(KIND, move.kind, self.lang)]
        if move.years is not None:
            parts.append(_YEARS.say(self.lang).format(n=move.years))
        joint = "，" if self.lang == "zh" else ", "
        name = move.destination if place is None else place.name
        return bracketed(name, joint.join(parts), self.lang)

    def effect(self, code: str, effect: Effect | None) -> Mapping[str, Any]:
        """Verdict, rules broken and first goal changed, as the columns of one effect."""
        if effect is None:
            return {code: "not_judged", f"{code}_broken": "", f"{code}_cost": ""}
        broken = [
            *(tell(Problem("", f.text, f.details), self.lang) for f in effect.flaws),
            *(self.said(c, after=True, titled=True) for c in effect.broken),
        ]
        first = effect.first
        return {
            code: effect.said,
            f"{code}_broken": "\n".join(broken),
            f"{code}_cost": "" if first is None else self._cost(effect),
        }

    def _cost(self, effect: Effect) -> str:
        """The first goal that changes, and by how much."""
        tier = effect.first
        assert tier is not None
        about = TIERS[tier.part][tier.name]
        return _WORSE.say(self.lang).format(
            tier=about.title.say(self.lang),
            before=_number(tier.before),
            after=_number(tier.after),
            unit=word(UNIT, tier_unit(about), self.lang),
        )

    def said(self, change: Change, *, after: bool, titled: bool = False) -> str:
        """What a rule says at a place, before or after."""
        rule = self.rules[change.part, change.rule]
        reading = change.now if after else change.was
        if reading is None:
            return ""
        text = verdict(rule, reading, self.name(reading.where), self.lang)
        if not titled:
            return text
        return say("{path}: {text}", self.lang, path=rule.title.say(self.lang), text=text)


def _what(edit: MoveEdit) -> str:
    if edit.was is None:
        return "added"
    if edit.now is None:
        return "withdrawn"
    return "elsewhere" if edit.elsewhere else "otherwise"


def _number(value: float) -> str:
    """A figure to six significant digits."""
    return f"{value:.6g}"
