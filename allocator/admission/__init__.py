"""Admission quotas (名额分配): how the places of senior highs are shared among junior highs.

The functions below are loaded when first used: the audit needs none of them, nor pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allocator.admission.controlled import (
        ControlledTable,
        controlled_rounding,
        is_controlled,
    )
    from allocator.admission.divisor import Apportionment, apportion, apportionment
    from allocator.admission.flow import ImpossibleTable
    from allocator.admission.matrix import (
        BiproportionalTable,
        TiedCell,
        biproportional,
        biproportional_table,
    )
    from allocator.admission.reading import ApportionmentError

__all__ = [
    "Apportionment",
    "ApportionmentError",
    "BiproportionalTable",
    "ControlledTable",
    "ImpossibleTable",
    "TiedCell",
    "apportion",
    "apportionment",
    "biproportional",
    "biproportional_table",
    "controlled_rounding",
    "is_controlled",
]

_HOME = {
    "Apportionment": "divisor",
    "ApportionmentError": "reading",
    "apportion": "divisor",
    "apportionment": "divisor",
    "ImpossibleTable": "flow",
    "BiproportionalTable": "matrix",
    "TiedCell": "matrix",
    "biproportional": "matrix",
    "biproportional_table": "matrix",
    "ControlledTable": "controlled",
    "controlled_rounding": "controlled",
    "is_controlled": "controlled",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"allocator.admission.{_HOME[name]}"), name)
    raise AttributeError(f"module 'allocator.admission' has no attribute {name!r}")
