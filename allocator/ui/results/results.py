"""All views of a result, and what to say where there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from allocator.audit import Flaw
from allocator.county.frozen import Problem
from allocator.files.outcomes import text_of_outcome
from allocator.insight.vocabulary import PART, REASON, STATUS, word
from allocator.solving import PartOutcome
from allocator.ui.language import language, say
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.library import file_stem
from allocator.ui.logic.standing import Standing
from allocator.ui.problems import show_problems
from allocator.ui.results.overview import show_overview
from allocator.ui.results.proven import show_proof
from allocator.ui.results.quotas import show_quotas
from allocator.ui.results.staffing import (
    show_coverage,
    show_exchange,
    show_famous,
    show_indicators,
)
