"""The inter-school difference coefficient (校际差异系数), a pupil-weighted CV."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def difference_coefficient(
    counts: Sequence[float] | npt.NDArray[np.float64],
    pupils: Sequence[float] | npt.NDArray[np.float64],
    *,
    total: float | None = None,
) -> float:
    """How unevenly a resource is spread over schools, per pupil: 0 is perfectly even.

    ``CV = S / X``, with ``X_i = x_i / P_i``, ``X = sum x / sum P`` and
    ``S = sqrt(sum_i (P_i / P) (X_i - X)^2)`` (population form).

    Parameters
    ----------
    counts
        What each school has (teachers, square metres, ...), length n.
    pupils
        Pupils of each school, length n, all above zero.
    total
        What the county has in all, where that is more than the schools with pupils have (staff of
        a school that has closed); None takes the sum of ``counts``.

    Raises
    ------
    ValueError
        If lengths differ, a school has no pupils, or the county has nothing to spread.

    References
    ----------
    Ministry of Education, 县域义务教育优质均衡发展督导评估办法 (2017).

    """
    x = np.asarray(counts, dtype=np.float64)
    p = np.asarray(pupils, dtype=np.float64)
    if x.shape != p.shape or x.ndim != 1:
        raise ValueError(f"counts and pupils must be equally long: {x.shape} and {p.shape}")
    if x.size == 0 or bool((p <= 0).any()):
        raise ValueError("every school needs pupils above zero")
    everything = x.sum() if total is None else total
    if everything <= 0:
        raise ValueError("the county has none of this resource: the coefficient has no meaning")
    mean = everything / p.sum()
    return float(np.sqrt((p / p.sum() * (x / p - mean) ** 2).sum()) / mean)
