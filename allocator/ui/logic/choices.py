"""Rows of a table that fit what was chosen beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd


def fitting(table: pd.DataFrame, chosen: Mapping[str, Any]) -> pd.DataFrame:
    """The rows that have the value chosen for each column; None leaves a column free."""
    for column, value in chosen.items():
        if value is not None:
            table = table[table[column] == value]
    return table
