"""What no table can mend: channels, claims and sums that every table has alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain

from allocator.admission.channels import channels
from allocator.admission.claimants import admits
from allocator.admission.entitlement import Entitlement
from allocator.admission.form import FlowForm
from allocator.admission.naming import Names
from allocator.admission.rule import AdmissionRule
from allocator.admission.table import QuotaTable
from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.modelling import Configured, Reading

_CHANNEL = {
    "self_recruitment": "senior high {high} fills {actual} places by self-recruitment, the rule "
    "allows {limit}: correct one",
    "specialty": "senior high {high} has {actual} places for gifted pupils, the rule allows "
    "{limit}: correct one",
    "unified": "senior high {high} has {actual} places left for unified admission, the rule asks "
    "for {limit}: correct one",
}


def contradictions(
    county: County,
    configured: Sequence[Configured],
    due: Entitlement,
    form: FlowForm | None,
    names: Names,
) -> Iterator[Problem]:
    """Everything that is wrong whatever the table, in the order a planner would look."""
    firm = [
        c.rule for c in configured if c.firmness == "must" and isinstance(c.rule, AdmissionRule)
    ]
    if not any(due.quotas.values()):
        text = "no senior high divides any places: state a share, or quota places"
        yield Problem("county.senior_highs", text)
        return
    closed = {
        high
        for high, quota in due.quotas.items()
        if quota and not any((high, id) in due.shares for id in due.claimants)
    }
    yield from chain(
        _overfull(county, due, names),
        _closed(county, due, closed, names),
        _too_much_on_top(due, names),
        _nobody_tops_up(county, firm, due, names),
    )
    if form is not None and form.unmet:
        table = _some_table(county, form)
        for rule in firm:
            readings = {r.where: r for r in rule.readings(county, table)}
            wheres = dict.fromkeys(u.where for u in form.unmet if u.rule == rule.name)
            for where in wheres:
                # A senior high that admits nobody gives nothing: that is said already.
                if where not in closed and not (where == "county" and closed):
                    yield _unmet(readings[where], names)


def _overfull(county: County, due: Entitlement, names: Names) -> Iterator[Problem]:
    """Channels that are more, or fewer, than the places there are."""
    stated = {h.id for h in county.senior_highs if h.unified is not None}
    for id, held in channels(county, due.quotas).items():
        if held.adds_up:
            continue
        details = {
            "high": names[id],
            "places": held.places,
            "quota": held.quota,
            "own": held.self_recruitment,
            "specialty": held.specialty,
        }
        if id in stated:
            text = (
                "senior high {high} has {places} places, but quota {quota}, self-recruitment "
                "{own}, specialty {specialty} and unified admission {unified} add up to {sum}: "
                "correct one"
            )
            numbers = {"unified": held.unified, "sum": held.total}
        else:
            text = (
                "senior high {high} has {places} places, but quota {quota}, self-recruitment "
                "{own} and specialty {specialty} add up to {sum}: correct one"
            )
            numbers = {"sum": held.total - held.unified}
        yield Problem(names.path[id], text, details | numbers)


def _closed(county: County, due: Entitlement, closed: set[str], names: Names) -> Iterator[Problem]:
    """Senior highs with a quota and nobody to give it to."""
    for high in county.senior_highs:
        if high.id in closed:
            text = (
                "senior high {high} has a quota of {quota} places but admits from no junior high: "
                "correct the area or the quota"
            )
            if any(admits(county, high, school) for school in county.junior_highs):
                text = (
                    "senior high {high} has a quota of {quota} places, but the junior highs it "
                    "admits from count for nothing in the base: correct the base or the quota"
                )
            details = {"high": names[high.id], "quota": due.quotas[high.id]}
            yield Problem(names.path[high.id], text, details)


def _too_much_on_top(due: Entitlement, names: Names) -> Iterator[Problem]:
    """Places on top that are more than a senior high divides."""
    text = (
        "senior high {high} shall give {on_top} places on top, its quota is {quota}: "
        "ask for fewer on top or raise the quota"
    )
    given = dict.fromkeys(due.quotas, Fraction(0))
    for (high, _), places in due.top_ups.items():
        given[high] += places
    for high, quota in due.quotas.items():
        if given[high] > quota:
            details = {"high": names[high], "on_top": _number(given[high]), "quota": quota}
            yield Problem(names.path[high], text, details)


def _nobody_tops_up(
    county: County, firm: Sequence[AdmissionRule], due: Entitlement, names: Names
) -> Iterator[Problem]:
    """Places on top that nobody gives, though some senior high admits the school."""
    text = (
        "{school} shall have {on_top} places on top, but no senior high that admits it gives any: "
        "let one top up or switch the rule off"
    )
    served = {id for _, id in due.top_ups}
    for id, claimant in due.claimants.items():
        wanted = sum((rule.top_up(county, claimant) for rule in firm), Fraction(0))
        if wanted and due.plain[id] and id not in served:
            yield Problem("admission.rules", text, {"school": names[id], "on_top": _number(wanted)})


def _number(exact: Fraction) -> int | float:
    """A number for a sentence; rounded so that a planner can read it."""
    return int(exact) if exact.denominator == 1 else round(float(exact), 2)


def _some_table(county: County, form: FlowForm) -> QuotaTable:
    """Any table with the right sums of senior highs: there, sums that no table changes are read."""
    first = {i: form.is_open[i].argmax() for i in range(len(form.highs)) if form.is_open[i].any()}
    cells = {(form.highs[i], form.schools[j]): int(form.quotas[i]) for i, j in first.items()}
    return QuotaTable(county, form.entitlement, cells)


def _unmet(reading: Reading, names: Names) -> Problem:
    """A condition that every table breaks alike, with its numbers."""
    numbers = {"actual": int(reading.actual), "limit": int(reading.limit)}
    first, _, second = reading.where.partition(":")
    if reading.where == "county":
        text = (
            "all quality senior highs together divide {actual} places, the rule asks for {limit}: "
            "correct one"
        )
        return Problem("county.senior_highs", text, numbers)
    if first in names.path and second in _CHANNEL:
        details = {"high": names[first], **numbers}
        return Problem(names.path[first], _CHANNEL[second], details)
    if first in names.path and second:
        text = (
            "{high} gives {school} {actual} places in every table, the rule asks for {limit}: "
            "correct the rule or the quotas"
        )
        details = {"high": names[first], "school": names[second], **numbers}
        return Problem("admission.rules", text, details)
    if first in names.path:
        text = "senior high {high} divides {quota} places, the rule asks for {needed}: correct one"
        quota = {"quota": numbers["actual"], "needed": numbers["limit"]}
        return Problem(names.path[first], text, {"high": names[first], **quota})
    if reading.sense == "<=":
        text = (
            "{school} may have at most {limit} places, but every table gives {actual} there: "
            "correct the rule or the quotas"
        )
        return Problem("admission.rules", text, {"school": names[first], **numbers})
    text = (
        "{school} shall have {needed} places, but every table gives {actual} there: "
        "correct the rule or the quotas"
    )
    needed = {"needed": numbers["limit"], "actual": numbers["actual"]}
    return Problem("admission.rules", text, {"school": names[first], **needed})
