"""Impossible requests, named with numbers before any solver runs.

With all senior highs' places fixed, a table within floors and caps exists if and only if the junior
highs can take all places under their caps and the senior highs can fill all floors. Each of the
two is a maximum flow, and where it falls short its cut names who asks for too much. What is wrong
whatever the table (`contradictions`) is named first, all at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from allocator.admission.contradictions import contradictions
from allocator.admission.entitlement import entitle
from allocator.admission.flow import Ints, Marks
from allocator.admission.form import FlowForm, flow_form
from allocator.admission.naming import Names
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.modelling import Configured

PAIRS = (
    "senior high {high} divides {quota} places, the minimum of each pair needs {needed}: "
    "lower the minimum or add places"
)
GIVE = (
    "{high} must give {needed} places, their {number} junior highs can take {possible}: "
    "lower the quota or raise a cap"
)
_TAKE = (
    "{number} junior highs ({schools}) shall have at least {needed} places together, the senior "
    "highs that admit them have {possible}: lower the floors or add places"
)


def impossible_requests(
    county: County, configured: Sequence[Configured], terms: AdmissionTerms
) -> tuple[Problem, ...]:
    """Every reason found why no table can keep the MUST rules; none means that one can.

    MUST rules that do not fit a flow are not looked at: then a MILP has the last word.
    """
    form = flow_form(county, configured, terms, firm_only=True)
    due = entitle(county, configured, terms) if form is None else form.entitlement
    names = Names.of(county)
    found = [*contradictions(county, configured, due, form, names)]
    if form is None or found:
        return tuple(found)
    found = [*_crossed(form, names), *_single_highs(form, names)]
    return tuple(found or _together(form, names))


def _crossed(form: FlowForm, names: Names) -> Iterator[Problem]:
    """Floors above what a junior high may take, or can be given."""
    most = np.minimum(form.high, form.cell_high.sum(axis=0))
    text = (
        "{school} shall have at least {floor} places but can take only {cap}: "
        "lower the floor or raise the cap"
    )
    for j in np.flatnonzero(form.low > most).tolist():
        details = {
            "school": names[form.schools[j]],
            "floor": int(form.low[j]),
            "cap": int(most[j]),
        }
        yield Problem("admission.rules", text, details)


def _single_highs(form: FlowForm, names: Names) -> Iterator[Problem]:
    """Senior highs that cannot give their places even if nobody else gives any."""
    others = form.cell_low.sum(axis=0)[None, :] - form.cell_low
    most = np.minimum(form.cell_high, np.maximum(form.high - others, 0)).sum(axis=1)
    for i in np.flatnonzero(form.quotas > most).tolist():
        details = {
            "high": names[form.highs[i]],
            "needed": int(form.quotas[i]),
            "number": int(form.is_open[i].sum()),
            "possible": int(most[i]),
        }
        yield Problem(names.path[form.highs[i]], GIVE, details)
    least = form.cell_low.sum(axis=1)
    for i in np.flatnonzero(form.quotas < least).tolist():
        details = {
            "high": names[form.highs[i]],
            "quota": int(form.quotas[i]),
            "needed": int(least[i]),
        }
        yield Problem(names.path[form.highs[i]], PAIRS, details)


def _together(form: FlowForm, names: Names) -> Iterator[Problem]:
    """Sets of senior or junior highs that ask too much together, from the two smallest cuts."""
    given = form.cell_low.sum(axis=0)
    supply, room = form.quotas - form.cell_low.sum(axis=1), form.cell_high - form.cell_low
    asking, full = _cut(supply, room, form.high - given)
    if asking.any():
        takers = form.is_open[asking].any(axis=0)
        within = (form.high - form.cell_low[~asking].sum(axis=0))[full].sum()
        beyond = form.cell_high[asking][:, ~full].sum()
        details = {
            "high": names.listed(form.highs[i] for i in np.flatnonzero(asking)),
            "needed": int(form.quotas[asking].sum()),
            "number": int(takers.sum()),
            "possible": int(within + beyond),
        }
        yield Problem("admission", GIVE, details)
    needy, full = _cut(form.low - given, room.T, supply)
    if needy.any():
        within = (form.quotas - form.cell_low[:, ~needy].sum(axis=1))[full].sum()
        beyond = form.cell_high[~full][:, needy].sum()
        details = {
            "schools": names.listed(form.schools[j] for j in np.flatnonzero(needy)),
            "number": int(needy.sum()),
            "needed": int(form.low[needy].sum()),
            "possible": int(within + beyond),
        }
        yield Problem("admission", _TAKE, details)


def _cut(give: Ints, room: Ints, take: Ints) -> tuple[Marks, Marks]:
    """Those who cannot give all, and those filled up by them; both empty if all can be given."""
    from ortools.graph.python.max_flow import SimpleMaxFlow

    height, width = room.shape
    source, sink = height + width, height + width + 1
    flow = SimpleMaxFlow()
    rows, columns = np.nonzero(room)
    flow.add_arcs_with_capacity(rows, height + columns, room[rows, columns])
    flow.add_arcs_with_capacity(np.full(height, source), np.arange(height), give)
    flow.add_arcs_with_capacity(height + np.arange(width), np.full(width, sink), take)
    if flow.solve(source, sink) != flow.OPTIMAL:
        raise RuntimeError("the cut of the quota table found no flow")
    side = np.zeros(height + width + 2, dtype=np.bool_)
    if flow.optimal_flow() < give.sum():
        side[np.asarray(flow.get_source_side_min_cut(), dtype=np.int64)] = True
    return side[:height], side[height : height + width]
