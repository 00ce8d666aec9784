"""What is found while files are read: problems, notes, questions, and the answers given so far."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from allocator.county.frozen import Problem
from allocator.files.intake.findings import Finding, Said, Where, in_order, sentence
from allocator.files.intake.mapping import SavedMapping
from allocator.files.intake.questions import Question
from allocator.modelling import Text


@dataclass
class Desk:
    """Collects what is to be told, and looks answers up."""

    answers: Mapping[str, str] = field(default_factory=dict)
    mapping: SavedMapping = field(default_factory=SavedMapping)
    found: list[Finding] = field(default_factory=list)
    noted: list[Finding] = field(default_factory=list)
    _asked: dict[str, Question] = field(default_factory=dict)
    _waiting: dict[str, list[Where]] = field(default_factory=dict)

    def wrong(self, where: Where, value: object, problem: Problem) -> None:
        """Note something wrong with a cell; the path of the problem does not matter."""
        self.found.append(Finding.at(where, value, problem))

    def note(self, where: Where, value: object, problem: Problem) -> None:
        """Note something to be known and not to be repaired."""
        self.noted.append(Finding.at(where, value, problem))

    def ask(
        self,
        key: str,
        where: Where | list[Where],
        made: Callable[[], Question],
        among: Container[str] = (),
    ) -> str | None:
        """The answer to a question; None while it is open.

        Parameters
        ----------
        made
            The question; asked for once.
        among
            Answers that do beside the choices.

        """
        question = self._asked.get(key)
        if question is None:
            question = self._asked[key] = made()
        answer = self.answers.get(key)
        if answer is not None and (answer in among or fits(question, answer)):
            return answer
        waiting = self._waiting.setdefault(key, [])
        waiting += where if isinstance(where, list) else [where]
        return None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything wrong, in order."""
        return in_order(self.found)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """Everything to be known, in order; what goes for many cells of a column only once."""
        groups: dict[tuple[str, str, int | None, str], list[Finding]] = {}
        for found in in_order(self.noted):
            where = found.where
            key = (where.book, where.sheet, where.column, found.problem.text)
            groups.setdefault(key, []).append(found)
        return in_order(_once(group) for group in groups.values())

    @property
    def questions(self) -> tuple[Question, ...]:
        """Everything open, by the first cell that waits for it."""
        made = [
            replace(self._asked[key], wheres=tuple(sorted(set(wheres), key=lambda w: w.order)))
            for key, wheres in self._waiting.items()
        ]
        return tuple(sorted(made, key=lambda q: ([w.order for w in q.wheres[:1]], q.key)))


def _once(group: Sequence[Finding]) -> Finding:
    """The first of several notes that say the same, with their number."""
    first = group[0]
    if len(group) == 1:
        return first
    text = Text(sentence(first.problem, "zh"), sentence(first.problem, "en"))
    details = {"text": Said(text), "number": len(group) - 1}
    return replace(first, problem=Problem("", "{text} (and {number} more cells)", details))


def fits(question: Question, answer: str) -> bool:
    """Whether something is an answer to a question."""
    return question.free or any(answer == choice.code for choice in question.choices)
