"""What the rules say before any solve: of the county as it is, and of last year's quotas."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from allocator.county.county import County
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.ui.logic.last_year import LastTable
from allocator.ui.logic.rule_filter import Key
from allocator.ui.logic.today import Said, Today


@st.cache_resource(max_entries=3, show_spinner=False, hash_funcs={County: id})
def today_of(county: County) -> Today:
    """The county with nobody moved, kept with what was read of it."""
    return Today(county)


@st.cache_resource(max_entries=3, show_spinner=False, hash_funcs={County: id})
def last_table_of(county: County) -> LastTable:
    """The latest quota table on record, kept with what was read of it."""
    return LastTable(county)


def now_said(scenario: Scenario, lang: Language) -> Mapping[Key, Said]:
    """What each rule says of the county as it is, an admission rule of last year's quotas."""
    found: dict[Key, Said] = {}
    if scenario.staffing is not None:
        today = today_of(scenario.county).said(scenario, lang)
        found |= {("staffing", rule): said for rule, said in today.items()}
    last = last_table_of(scenario.county).said(scenario, lang)
    return found | {("admission", rule): said for rule, said in last.items()}
