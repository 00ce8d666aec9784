"""Admission quotas (名额分配): how the places of senior highs are shared among junior highs."""

from allocator.admission.divisor import (
    Apportionment,
    ApportionmentError,
    apportion,
    apportionment,
)
from allocator.admission.flow import ImpossibleTable
from allocator.admission.matrix import (
    BiproportionalTable,
    TiedCell,
    biproportional,
    biproportional_table,
)

__all__ = [
    "Apportionment",
    "ApportionmentError",
    "BiproportionalTable",
    "ImpossibleTable",
    "TiedCell",
    "apportion",
    "apportionment",
    "biproportional",
    "biproportional_table",
]
