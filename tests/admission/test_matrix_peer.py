"""The biproportional table against the package ``biprop``, wherever that converges."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO

import biprop
import numpy as np
import pandas as pd
import pytest

from allocator.admission import apportion, biproportional_table


def made_up(highs: int, schools: int, places: int, seed: int):
    """Weights without closed cells, and sums near the proportional ones."""
    random = np.random.default_rng(seed)
    graduates = (np.exp(random.normal(5.0, 1.0, schools)) + 8).astype(int)
    offered = random.integers(100, 600, highs)
    weights = np.outer(offered, graduates) * random.uniform(0.5, 1.5, (highs, schools))
    frame = pd.DataFrame(np.rint(weights).astype(int))
    rows = apportion(offered.tolist(), places)
    due = frame.div(frame.sum(axis=1), axis=0).mul(rows, axis=0).sum()
    return frame, rows, apportion(due, places)


def peer(weights, rows, columns, rounding) -> np.ndarray | None:
    """The peer's table; None where it does not converge."""
    election = biprop.Election(weights, party_seats=rows, region_seats=columns)
    try:
        with redirect_stdout(StringIO()):
            return np.asarray(election.lower_apportionment(rounding_method=rounding), dtype=int)
    except RecursionError:
        return None


@pytest.mark.parametrize(("method", "rounding"), [("webster", np.round), ("dhondt", np.floor)])
@pytest.mark.parametrize("size", [(3, 6, 60), (5, 12, 300), (8, 45, 3_000)])
def test_tables_are_those_of_the_peer_wherever_it_converges(size, method, rounding):
    compared = 0
    for seed in range(12):
        weights, rows, columns = made_up(*size, seed)
        theirs = peer(weights, rows, columns, rounding)
        if theirs is None:
            continue
        ours = biproportional_table(weights, rows, columns, signpost=method)
        assert ours.proven
        assert ours.ties or ours.table.to_numpy().tolist() == theirs.tolist(), seed
        compared += not ours.ties
    assert compared >= 6
