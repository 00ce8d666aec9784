"""From uploaded sheets to a changed scenario: everything is shown first, nothing doubtful taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from allocator.files.intake.findings import Finding, Where
from allocator.files.intake.questions import Question
from allocator.scenario import Scenario

if TYPE_CHECKING:
    from allocator.files.books import RawBook
    from allocator.files.intake.mapping import SavedMapping

How = Literal["update", "replace"]
"""Whether rows of the scenario that the files do not name are kept, or taken away because the
planner says the files are complete."""


@dataclass(frozen=True)
class CellChange:
    """One cell of the scenario that would change."""

    row: str
    column: str
    old: Any
    new: Any
    where: Where


@dataclass(frozen=True)
class TableChanges:
    """What the files would change in one table of the county."""

    table: str
    added: tuple[str, ...] = ()
    """Rows that are new, by id."""
    changed: tuple[CellChange, ...] = ()
    removed: tuple[str, ...] = ()
    """Rows taken away: of the scenario, not in the files, and the files are complete."""
    unchanged: int = 0
    """Rows of the files that say what the scenario says."""
    kept: tuple[str, ...] = ()
    """Rows of the scenario that the files do not name."""

    @property
    def rows_changed(self) -> int:
        """Number of rows with at least one changed cell."""
        return len({c.row for c in self.changed})

    @property
    def any(self) -> bool:
        """Whether anything would change."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class NewCounty:
    """What a scenario made from sheets alone must be told; None is asked."""

    name: str | None = None
    as_of: str | None = None
    """Month of the data, YYYY-MM."""
    title: str | None = None


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
    notes: tuple[Finding, ...] = ()
    """What the planner should know and needs not repair: linked cells, columns kept aside."""
    scenario: Scenario | None = None
    """What would become of it; None while anything is open."""
    books: tuple[RawBook, ...] = field(default=(), repr=False)
    mapping: SavedMapping | None = field(default=None, repr=False)
    how: Mapping[str, How] = field(default_factory=dict, repr=False)
    new: NewCounty = field(default=NewCounty(), repr=False)
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def open(self) -> bool:
        """Whether problems or questions are left."""
        return bool(self.findings or self.questions)


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
    raise NotImplementedError


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
    raise NotImplementedError


def remembered(proposal: Proposal, answers: Mapping[str, str] | None = None) -> SavedMapping:
    """The mapping with the names of schools that were answered, for the next time."""
    raise NotImplementedError
