"""From uploaded sheets to a changed scenario: everything is shown first, nothing doubtful taken."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.files.books import RawBook
from allocator.files.intake.changing import CellChange, TableChanges
from allocator.files.intake.desk import Desk
from allocator.files.intake.findings import Finding
from allocator.files.intake.mapping import SavedMapping
from allocator.files.intake.questions import Question
from allocator.files.intake.remembering import remembered_in
from allocator.files.intake.taking_in import Intake, NewCounty
from allocator.scenario import Scenario

__all__ = [
    "CellChange", "How", "NewCounty", "Proposal", "TableChanges", "accepted", "answered",
    "propose", "remembered",
]  # fmt: skip

How = Literal["update", "replace"]
"""Whether rows of the scenario that the files do not name are kept, or taken away because the
planner says the files are complete."""


@dataclass(frozen=True)
class Proposal:
    """What files would make of a scenario: changes, problems, questions."""

    before: Scenario | None
    """The scenario the files are read into; None for a new one."""
    tables: tuple[TableChanges, ...]
    """Every table that the files speak of, in the order of the county's tables."""
    findings: tuple[Finding, ...]
    """Everything wrong with any sheet, by file, sheet, row and column."""
    questions: tuple[Question, ...]
    """What is still open."""
    notes: tuple[Finding, ...]
    """What the planner should know and needs not repair, such as columns kept aside."""
    scenario: Scenario | None
    """What would become of it; None while anything is open."""
    county: County = field(repr=False)
    """The county as far as the files can be read, for names in words; not checked while open."""
    books: tuple[RawBook, ...] = field(default=(), repr=False)
    mapping: SavedMapping = field(default_factory=SavedMapping, repr=False)
    how: Mapping[str, How] = field(default_factory=dict, repr=False)
    new: NewCounty = field(default_factory=NewCounty, repr=False)
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def open(self) -> bool:
        """Whether problems or questions are left."""
        return bool(self.findings or self.questions)

    @property
    def any(self) -> bool:
        """Whether anything would change."""
        if self.before is None or any(t.any for t in self.tables):
            return True
        return self.scenario is not None and self.scenario != self.before


def propose(
    scenario: Scenario | None,
    books: Sequence[RawBook],
    mapping: SavedMapping | None = None,
    how: Mapping[str, How] | None = None,
    *,
    new: NewCounty | None = None,
    answers: Mapping[str, str] | None = None,
) -> Proposal:
    """What files would make of a scenario; nothing is taken over yet.

    The order of files and sheets makes no difference; that of rows only for the order in which new
    records are listed.

    Parameters
    ----------
    how
        By table: ``update`` keeps rows that the files do not name (default), ``replace`` takes
        them away.
    new
        For a scenario made from the files alone.
    answers
        Key of a question -> code of a choice.

    """
    mapping, how, new = mapping or SavedMapping(), dict(how or {}), new or NewCounty()
    ordered = tuple(sorted(books, key=lambda b: (b.name, b.content)))
    desk = Desk(dict(answers or {}), mapping)
    complete = frozenset(name for name, way in how.items() if way == "replace")
    with _undisturbed():
        made = Intake(scenario, ordered, desk, complete, new).done()
    return Proposal(
        before=scenario,
        tables=made.tables,
        findings=desk.findings,
        questions=desk.questions,
        notes=desk.notes,
        scenario=made.scenario,
        county=made.county,
        books=ordered,
        mapping=mapping,
        how=how,
        new=new,
        answers=desk.answers,
    )


def answered(proposal: Proposal, answers: Mapping[str, str]) -> Proposal:
    """The proposal with more questions answered, which may raise new ones."""
    return propose(
        proposal.before,
        proposal.books,
        proposal.mapping,
        proposal.how,
        new=proposal.new,
        answers={**proposal.answers, **answers},
    )


def accepted(proposal: Proposal, answers: Mapping[str, str] | None = None) -> Scenario:
    """The changed scenario, once nothing is open.

    Raises
    ------
    DataError
        With every problem and question that is left.
    """
    if answers:
        proposal = answered(proposal, answers)
    if proposal.scenario is not None:
        return proposal.scenario
    problems = [_placed(str(f.where), f.problem) for f in proposal.findings]
    problems += [_placed(str(q.wheres[0]) if q.wheres else "", q.words) for q in proposal.questions]
    raise DataError(tuple(problems))


def remembered(proposal: Proposal, answers: Mapping[str, str] | None = None) -> SavedMapping:
    """The mapping with the answers that go for the next files too: names, headings, words."""
    if answers:
        proposal = answered(proposal, answers)
    return remembered_in(proposal.mapping, proposal.books, proposal.county, proposal.answers)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Python look for garbage afterwards: among so many rows that takes half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _placed(path: str, problem: Problem) -> Problem:
    return Problem(path, problem.text, problem.details)
