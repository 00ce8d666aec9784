"""A whole workbook made living."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from allocator.files.workbook.living.assembled import assembled, rules_alive
from allocator.files.workbook.living.checks import check_sheet
from allocator.files.workbook.living.movers import living
from allocator.files.workbook.living.quota_cells import alive_quotas, living_quotas, share_sheet
from allocator.files.workbook.living.staffing_cells import LISTS, alive
from allocator.files.workbook.living.subject_sheet import subject_sheet
from allocator.files.workbook.living.summary_cells import summary_alive
from allocator.files.workbook.sheet import Sheet
from allocator.insight.view import BeforeAfter
from allocator.modelling import Language
from allocator.scenario import Scenario

if TYPE_CHECKING:
    from allocator.solving.outcome import Outcome


def made_alive(
    scenario: Scenario,
    outcome: Outcome,
    seen: BeforeAfter | None,
    told: Sequence[Sheet],
    lang: Language,
) -> Iterator[Sheet]:
    """The sheets of an outcome with living cells, the living checks and what they count on.

    Parameters
    ----------
    told
        The sheets with the figures of today, in their order.
    """
    lists = {
        str(teacher): (sheet.identity, n)
        for sheet in told
        if sheet.identity in LISTS
        for n, teacher in enumerate(sheet.table["teacher"], start=1)
    }
    people = living(scenario, seen, lang, lists)
    quotas = living_quotas(scenario, outcome.plan, lang)
    audits = [p.audit for p in outcome.parts if p.audit is not None and p.plan is not None]
    found = assembled(scenario, audits, people, quotas, lang)
    for sheet in told:
        if sheet.identity == "summary":
            yield summary_alive(sheet, people, quotas, found.checks, lang)
            continue
        if sheet.identity == "rules" and found.checks:
            yield check_sheet(found.checks, lang)
            yield rules_alive(sheet, found, lang)
            continue
        yield alive_quotas(alive(sheet, people), quotas)
        if sheet.identity == "coverage" and people is not None:
            by_subject = subject_sheet(people)
            if by_subject is not None:
                yield by_subject
        if sheet.identity == "quota_matrix" and quotas is not None:
            yield share_sheet(quotas)
    if people is not None:
        yield from people.sheets()
