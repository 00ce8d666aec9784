"""The division seen as a flow: fixed rows, floors and caps of columns and cells, priced wishes.

The rows of the rules are read, not the rules: any rule whose rows speak of whole senior highs,
whole junior highs or single cells fits, and a rule that does not is left to the MILP.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from allocator.admission.entitlement import Cell, Entitlement, entitle
from allocator.admission.flow import Ints, Marks
from allocator.admission.model import rule_rows, variables
from allocator.admission.signposts import Divisor
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.modelling import Configured, Floats, Row, Sense

_TURNED: dict[Sense, Sense] = {"<=": ">=", ">=": "<=", "==": "=="}


@dataclass(frozen=True)
class Wish:
    """A floor or cap on a junior high's total that may be missed at a price."""

    sense: Sense
    limit: int

    def step(self, place: int) -> int:
        """What the shortfall changes by when this place is added."""
        if place <= self.limit:
            return 0 if self.sense == "<=" else -1
        return 0 if self.sense == ">=" else 1


@dataclass(frozen=True)
class Unmet:
    """A condition on a sum that every table has alike, and that does not hold."""

    rule: str
    where: str
    """Key of the rule's reading there."""


@dataclass
class FlowForm:
    """Rows are senior highs with a quota, columns junior highs with an entitlement."""

    entitlement: Entitlement
    divisor: Divisor
    pairs: tuple[Cell, ...]
    """Pair of each decision column of the program."""
    highs: tuple[str, ...]
    schools: tuple[str, ...]
    quotas: Ints
    is_open: Marks
    """Where there is an entitlement."""
    cell_low: Ints
    cell_high: Ints
    low: Ints
    high: Ints
    floor_rules: dict[str, str] = field(default_factory=dict)
    """Junior high -> rule that set its floor."""
    cap_rules: dict[str, str] = field(default_factory=dict)
    wishes: dict[int, list[Wish]] = field(default_factory=dict)
    """Column -> wishes on its total."""
    unmet: list[Unmet] = field(default_factory=list)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row of each senior high."""
        return {high: i for i, high in enumerate(self.highs)}

    @cached_property
    def position(self) -> Ints:
        """Row and column of each decision column of the program, -1 for none; shape (2, n)."""
        found = [
            (self.row_of.get(high, -1), self.column_of.get(school, -1))
            for high, school in self.pairs
        ]
        return np.array(found, dtype=np.int64).reshape(len(found), 2).T

    @cached_property
    def open_in_row(self) -> Ints:
        """Open cells of each row."""
        found: Ints = self.is_open.sum(axis=1, dtype=np.int64)
        return found

    @cached_property
    def open_in_column(self) -> Ints:
        """Open cells of each column."""
        found: Ints = self.is_open.sum(axis=0, dtype=np.int64)
        return found

    @cached_property
    def column_of(self) -> dict[str, int]:
        """Column of each junior high."""
        return {school: j for j, school in enumerate(self.schools)}


def flow_form(
    county: County,
    configured: Sequence[Configured],
    terms: AdmissionTerms,
    *,
    firm_only: bool = False,
) -> FlowForm | None:
    """The division as a flow; None if a rule's rows say something a flow cannot.

    Parameters
    ----------
    firm_only
        Leave the rows of SHOULD rules out; what they do to claims stays.
    """
    x = variables(entitle(county, configured, terms))
    form = _without_rules(x.entitlement, tuple(x.position), terms.divisor)
    for listed in rule_rows(county, configured, x):
        rule, firm = listed.configured.rule, listed.configured.firmness == "must"
        if firm_only and not firm:
            continue
        if not firm and rule.tier != "protection":
            return None
        for row in listed.rows:
            if not _read(form, rule.name, row, firm=firm):
                return None
    form.low = np.maximum(form.low, form.cell_low.sum(axis=0))
    return form


def _without_rules(due: Entitlement, pairs: tuple[Cell, ...], divisor: Divisor) -> FlowForm:
    highs = tuple(high for high, quota in due.quotas.items() if quota)
    schools = tuple(school for school, part in due.columns.items() if part)
    quotas = np.array([due.quotas[h] for h in highs], dtype=np.int64)
    is_open = np.array(
        [[(h, s) in due.cells for s in schools] for h in highs], dtype=np.bool_
    ).reshape(len(highs), len(schools))
    no_floor = np.zeros(is_open.shape, dtype=np.int64)
    return FlowForm(
        entitlement=due,
        divisor=divisor,
        pairs=pairs,
        highs=highs,
        schools=schools,
        quotas=quotas,
        is_open=is_open,
        cell_low=is_open.astype(np.int64) if divisor.first else no_floor,
        cell_high=np.where(is_open, quotas[:, None], 0),
        low=no_floor.sum(axis=0),
        high=is_open.T.astype(np.int64) @ quotas,
    )


def _read(form: FlowForm, rule: str, row: Row, *, firm: bool) -> bool:
    """Enter one row into the form; False if it does not fit."""
    if (row.expression.coefficients < 0).all():
        row = replace(
            row, expression=row.expression * -1, sense=_TURNED[row.sense], limit=-row.limit
        )
    i, j, amounts = _coefficients(form, row)
    limit = row.limit - row.expression.constant
    if row.pieces or (amounts < 0).any():
        return False
    # Sums of senior highs are fixed: such a row holds in every table or in none.
    by_high = np.zeros(len(form.highs))
    by_high[i] = amounts
    whole = np.bincount(i, minlength=len(form.highs))
    if (amounts == by_high[i]).all() and (whole[whole > 0] == form.open_in_row[whole > 0]).all():
        if firm and not _holds(float(by_high @ form.quotas), row.sense, limit):
            form.unmet.append(Unmet(rule, row.key))
        return True
    size = float(amounts.max(initial=0.0))
    if size and (amounts == size).all():
        least, most = math.ceil(limit / size - 1e-9), math.floor(limit / size + 1e-9)
        if (j == j[0]).all() and j.size == form.open_in_column[j[0]]:
            return _read_column(form, rule, row, int(j[0]), (least, most, size), firm=firm)
    if not firm or amounts.size != 1:
        return False
    if row.sense != "<=":
        form.cell_low[i, j] = np.maximum(form.cell_low[i, j], least)
    if row.sense != ">=":
        form.cell_high[i, j] = np.minimum(form.cell_high[i, j], most)
    return True


def _read_column(
    form: FlowForm,
    rule: str,
    row: Row,
    j: int,
    limits: tuple[int, int, float],
    *,
    firm: bool,
) -> bool:
    """A row on the total of one junior high: a floor, a cap, or a wish for one."""
    (least, most, size), school = limits, form.schools[j]
    if not firm:
        form.wishes.setdefault(j, []).append(Wish(row.sense, most if row.sense == "<=" else least))
        return size == row.relief and row.whole and (row.sense != "==" or least == most)
    if row.sense != "<=" and least > form.low[j]:
        form.low[j] = least
        form.floor_rules[school] = rule
    if row.sense != ">=" and most < form.high[j]:
        form.high[j] = most
        form.cap_rules[school] = rule
    return True


def _coefficients(form: FlowForm, row: Row) -> tuple[Ints, Ints, Floats]:
    """Rows, columns and coefficients of a row; pairs without an entitlement have no places."""
    columns, amounts = row.expression.columns, row.expression.coefficients
    i, j = form.position[:, columns]
    known = (i >= 0) & (j >= 0) & (amounts != 0)
    return i[known], j[known], amounts[known]


def _holds(actual: float, sense: Sense, limit: float) -> bool:
    low = sense != "<=" and actual < limit - 1e-9
    return not (low or (sense != ">=" and actual > limit + 1e-9))
