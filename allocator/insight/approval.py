"""The approval form (审批表) of a plan: what is to be approved, in words, on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from allocator.insight.figures import FIGURES
from allocator.insight.proof import proof_head
from allocator.insight.rate_tables import county_rates
from allocator.insight.summary import summary
from allocator.insight.view import BeforeAfter
from allocator.insight.vocabulary import GROUND, KIND, UNIT, word
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

if TYPE_CHECKING:
    # Only for its type: importing it at run time would load the solvers.
    from allocator.solving.outcome import Outcome

_FIGURES = (
    "uncovered", "famous_missing", "cv_mean_primary", "cv_mean_junior", "quota_places",
    "quota_share", "without_place",
)  # fmt: skip
"""Headline figures that are told before and after."""
_MOVES = Text("安排人数：{kind}", "Teachers placed: {kind}")
_PEOPLE = Text("{n} 人（{grounds}）", "{n} people ({grounds})")
_RATE = Text("{counted}/{base} 人 = {rate}", "{counted} of {base} people = {rate}")
_NOBODY = Text("{counted}/{base} 人", "{counted} of {base} people")
_ASKED = Text("{share}，即 {people} 人", "{share}, that is {people} people")
_CHANGE = Text("{before} → {after}{unit}", "{before} → {after}{unit}")
_SHOWN = {"cv": "{:.3f}", "share": "{:.1%}"}


def approval(
    scenario: Scenario, outcome: Outcome, seen: BeforeAfter | None, lang: Language = "zh"
) -> pd.DataFrame:
    """What is to be approved: item, content, what is asked for, the verdict. It names nobody.

    Parameters
    ----------
    seen
        The staffing plan beside the county as it is; None where the outcome has none.
    """
    rows: list[dict[str, Any]] = []
    head = proof_head(scenario, outcome, lang, program=False)
    rows += [{"item": i, "content": c} for i, c in zip(head["item"], head["content"], strict=True)]
    if seen is not None:
        rows += _moves(seen, lang)
        rows += _rates(scenario, seen, lang)
    rows += _figures(scenario, outcome, seen, lang)
    return pd.DataFrame(rows, columns=["item", "content", "asked", "kept"]).astype(
        {"kept": "boolean"}
    )


def _moves(seen: BeforeAfter, lang: Language) -> Iterator[dict[str, Any]]:
    """People placed by kind of move, with the grounds in brackets."""
    counted = Counter((m.move.kind, m.move.ground) for m in seen.after.moved)
    joint = "、" if lang == "zh" else ", "
    for kind, title in KIND.items():
        here = {g: counted[kind, g] for g in GROUND if counted[kind, g]}
        if here:
            grounds = joint.join(f"{word(GROUND, g, lang)} {n}" for g, n in here.items())
            content = _PEOPLE.say(lang).format(n=sum(here.values()), grounds=grounds)
            yield {"item": _MOVES.say(lang).format(kind=title.say(lang)), "content": content}


def _rates(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Iterator[dict[str, Any]]:
    """The rates in force."""
    for row in county_rates(scenario, seen, lang).to_dict("records"):
        if row["firmness"] == "off":
            continue
        counted, base = row["counted"], row["base_people"]
        said = _RATE if base else _NOBODY
        rate = f"{counted / base:.1%}" if base else ""
        yield {
            "item": row["title"],
            "content": said.say(lang).format(counted=counted, base=base, rate=rate),
            "asked": _ASKED.say(lang).format(
                share=f"{row['asked_share']:.1%}", people=row["asked_people"]
            ),
            "kept": row["kept"],
        }


def _figures(
    scenario: Scenario, outcome: Outcome, seen: BeforeAfter | None, lang: Language
) -> Iterator[dict[str, Any]]:
    """Headline figures before and after."""
    found = summary(scenario, outcome, seen).set_index("figure")
    for code in _FIGURES:
        if code not in found.index:
            continue
        row = found.loc[code]
        unit = str(row["unit"])
        tail = "" if unit in _SHOWN else f" {word(UNIT, unit, lang)}"
        before, after, target = (_shown(row[c], unit) for c in ("before", "after", "target"))
        content = _CHANGE.say(lang).format(before=before, after=after, unit=tail)
        yield {
            "item": FIGURES[code].title.say(lang),
            "content": content if before else f"{after}{tail}",
            "asked": f"{target}{tail}" if target else "",
            "kept": row["kept"],
        }


def _shown(value: Any, unit: str) -> str:
    if pd.isna(value):
        return ""
    return _SHOWN.get(unit, "{:,.0f}").format(float(value))
