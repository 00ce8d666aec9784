"""Over and short by school and subject on one sheet: rows are schools, columns subjects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from allocator.county.places import STAGES
from allocator.insight.names import subject_names
from allocator.insight.post_tables import posts
from allocator.insight.view import Seen, before_after
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

WHEN: Mapping[str, Text] = {"before": Text("前", "before"), "after": Text("后", "after")}
_SUM = Text("合计", "Total")
_STAGES: tuple[str, ...] = STAGES


def over_short(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """People over (+) or short (-) of posts, a row a public school and stage.

    Two columns a subject, ``before:SUBJECT`` and ``after:SUBJECT``; empty where the school has
    neither posts nor holders in it. ``before:`` and ``after:`` alone are the sums of the row.
    """
    seen = before_after(scenario, plan)
    lines = posts(scenario, seen, lang)
    order = [s for s in seen.county.subject if s in set(lines["subject_id"])]
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for line in lines.to_dict("records"):
        key = (line["school_id"], line["stage"])
        row = rows.setdefault(
            key, {name: line[name] for name in ("school_id", "school", "township", "stage")}
        )
        for when in WHEN:
            number = line[f"over_{when}"] - line[f"short_{when}"]
            row[f"{when}:{line['subject_id']}"] = number
            row[f"{when}:"] = row.get(f"{when}:", 0) + number
    made = [rows[k] for k in sorted(rows, key=lambda k: (k[0], _STAGES.index(k[1])))]
    numbers = [f"{when}:{subject}" for subject in (*order, "") for when in WHEN]
    columns = ["school_id", "school", "township", "stage", *numbers]
    return pd.DataFrame(made, columns=columns).astype(dict.fromkeys(numbers, "Int64"))


def over_short_names(scenario: Scenario, lang: Language = "zh") -> Mapping[str, str]:
    """Words for the columns named after subjects."""
    known = {**subject_names(scenario, lang), "": _SUM.say(lang)}
    joint = "·" if lang == "zh" else " "
    return {
        f"{when}:{subject}": f"{name}{joint}{word.say(lang)}"
        for subject, name in known.items()
        for when, word in WHEN.items()
    }
