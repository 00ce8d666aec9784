"""The report of an import as a table: where, what stands there, what is wrong, how to repair it."""

from __future__ import annotations

import pandas as pd

from allocator.files.intake.proposal import Proposal
from allocator.modelling import Language


def report(proposal: Proposal, lang: Language = "zh") -> pd.DataFrame:
    """Every problem and open question, one a row, headings in words."""
    raise NotImplementedError


def change_table(proposal: Proposal, table: str, lang: Language = "zh") -> pd.DataFrame:
    """What would change in one table, one cell a row: row, column, before, after, cell."""
    raise NotImplementedError


def counts(proposal: Proposal, lang: Language = "zh") -> pd.DataFrame:
    """By table: rows added, changed, removed, unchanged, kept."""
    raise NotImplementedError
