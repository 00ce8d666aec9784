"""Lists of persons in the form in which they leave the personnel section."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from allocator.insight.people_tables import eligibility
from allocator.insight.staffing_tables import exchange_list, head_proposals
from allocator.insight.term_tables import secondment_terms
from allocator.insight.view import Seen, before_after
from allocator.insight.vocabulary import Words
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

Form = Literal["publication", "web", "internal"]
"""Statutory publication (公示), the open web, or within the personnel section."""
FORMS: tuple[Form, ...] = ("publication", "web", "internal")

FORM: Words = {
    "publication": Text("公示稿", "statutory publication"),
    "web": Text("网页稿", "open web"),
    "internal": Text("内部稿", "internal"),
}
FORM_SAYS: Words = {
    "publication": Text(
        "实名，只列公示所需各列；不含教职工号、积分和暂不交流的具体原因，不含书记校长的建议",
        "full names and what has to be published; no numbers, points or grounds of not moving, "
        "no proposals about heads",
    ),
    "web": Text(
        "姓名隐去（张*），其余同公示稿", "names masked (张*), otherwise as for publication"
    ),
    "internal": Text(
        "全部列，仅供人事科内部使用，不得外传",
        "every column; stays within the personnel section",
    ),
}
"""What each form holds."""

_EXCHANGE = (
    "name", "subject", "stage", "from_school", "from_township", "to_school", "to_township",
    "kind", "ground", "start", "years",
)  # fmt: skip
_ELIGIBILITY = (
    "name", "school", "township", "stage", "subject", "standing", "standing_reason",
)  # fmt: skip
_TERMS = (
    "name", "subject", "stage", "home_school", "serving_school", "started", "ends", "term_state",
)  # fmt: skip
_MASK = "*"


def masked(name: str) -> str:
    """A name as the open web may read it: the first letter, and a star for the rest.

    Of a compound surname (欧阳) the first character is kept alone, which tells less, never more.
    """
    return name[:1] + _MASK if name else ""


def released_moves(
    scenario: Scenario, plan: Seen, form: Form, lang: Language = "zh"
) -> pd.DataFrame:
    """The moves in one form, with the codes of places that join tables.

    Outside the personnel section the number of a teacher and what else is not published is not
    there; only the internal form tells what is proposed about heads.
    """
    table = exchange_list(scenario, plan, lang, publication=form != "internal")
    return _released(
        table, form, (*_EXCHANGE, "from_section", "to_section", "from_campus", "to_campus")
    )


def released_exchange(
    scenario: Scenario, plan: Seen, form: Form, lang: Language = "zh"
) -> pd.DataFrame:
    """The exchange list in one form; only the internal one tells what is proposed about heads."""
    table = exchange_list(scenario, plan, lang, publication=form != "internal")
    return _released(table, form, _EXCHANGE)


def released_eligibility(scenario: Scenario, form: Form, lang: Language = "zh") -> pd.DataFrame:
    """The eligibility list in one form; only the internal one says why somebody stays."""
    table = eligibility(scenario, lang, internal=form == "internal")
    return _released(table, form, _ELIGIBILITY)


def released_terms(
    scenario: Scenario, plan: Seen, form: Form, lang: Language = "zh"
) -> pd.DataFrame:
    """Secondments with their terms in one form.

    Outside, proposals about heads are left out, as they are of the exchange list.
    """
    seen = before_after(scenario, plan)
    table = secondment_terms(scenario, seen, lang)
    if form != "internal":
        proposed = set(head_proposals(scenario, seen, lang)["teacher"])
        table = table[~((table["term_state"] == "begins") & table["teacher"].isin(proposed))]
    return _released(table, form, _TERMS)


def _released(table: pd.DataFrame, form: Form, columns: tuple[str, ...]) -> pd.DataFrame:
    if form == "internal":
        return table
    found = table[list(columns)].reset_index(drop=True)
    if form == "web":
        found["name"] = [masked(str(n)) for n in found["name"]]
    return found
