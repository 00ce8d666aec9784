"""Filling the page: the same outcome always gives the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from allocator.admission.record import written
from allocator.county.frozen import DataError, Problem
from allocator.files.publication.words import WORDS
from allocator.files.text import write_aside
from allocator.insight.names import senior_high_names
from allocator.insight.quota_division import Division, division
from allocator.insight.quota_method import Method, method
from allocator.insight.quota_numbers import rounded
from allocator.insight.quota_steps import Explanation, explanations
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.scenario.hashing import scenario_hash

if TYPE_CHECKING:
    # Only for its type: importing it at run time would load the solvers.
    from allocator.solving.outcome import Outcome

Languages = Literal["zh", "en", "both"]


@dataclass(frozen=True)
class Number:
    """A number of the table, and why it stands out: ``floor``, ``cap``, ``tied`` or nothing.

    ``places`` is None where the senior high does not admit from the junior high.
    """

    places: int | None
    mark: str


@dataclass(frozen=True)
class Line:
    """A row of the table."""

    id: str
    name: str
    cells: tuple[Number, ...]
    total: Number
    share: str
    difference: str


@dataclass(frozen=True)
class Section:
    """The page in one language."""

    lang: Language
    county: str
    as_of: str
    hash: str
    highs: tuple[str, ...]
    lines: tuple[Line, ...]
    sums: tuple[int, ...]
    places: int
    marks: tuple[str, ...]
    told: tuple[Explanation, ...]
    method: Method
    row_multipliers: tuple[tuple[str, int, str], ...]
    column_multipliers: tuple[tuple[str, str, str, int, str], ...]
    ties: tuple[tuple[str, str, int, int], ...]

    def say(self, word: str, **details: object) -> str:
        """A word of the page in its language."""
        return WORDS[word].say(self.lang).format(**details)


def publication(scenario: Scenario, outcome: Outcome, languages: Languages = "both") -> str:
    """The page as text: no script, nothing from elsewhere, no personal data.

    Parameters
    ----------
    languages
        ``both`` shows Chinese first, with a switch to English that needs no script.

    Raises
    ------
    DataError
        If the outcome holds no quota table, was made from another state of the scenario, is
        rejected by its audit, or is not what its multipliers give.
    """
    found = division(scenario, outcome)
    problems = _problems(scenario, outcome, found)
    if problems or found is None:
        raise DataError(problems)
    spoken: tuple[Language, ...] = ("zh", "en") if languages == "both" else (languages,)
    sections = [_section(found, outcome.scenario_hash, lang) for lang in spoken]
    return _template().render(sections=sections)


def write_publication(
    path: str | PathLike[str],
    scenario: Scenario,
    outcome: Outcome,
    languages: Languages = "both",
) -> None:
    """Write the page; an old file is replaced only when the new one is complete.

    Raises
    ------
    DataError
        As :func:`publication`.
    OSError
        If the folder cannot be written to; an old file is then untouched.
    """
    write_aside(Path(path), publication(scenario, outcome, languages))


def _problems(scenario: Scenario, outcome: Outcome, found: Division | None) -> tuple[Problem, ...]:
    if found is None:
        return (Problem("outcome", "it holds no quota table: solve the admission part first"),)
    problems = list(found.problems)
    if outcome.scenario_hash != scenario_hash(scenario):
        text = "the outcome was made from another state of the scenario: solve again"
        problems.append(Problem("outcome", text))
    if not found.judged.clean:
        text = "the audit rejects this table: it must not be published"
        problems.append(Problem("outcome", text))
    return tuple(problems)


@cache
def _template() -> Template:
    room = Environment(
        loader=PackageLoader("allocator.files.publication"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return room.get_template("page.html")


def _section(found: Division, fingerprint: str, lang: Language) -> Section:
    names = senior_high_names(found.scenario)
    high_name = {h.id: names[f"places:{h.id}"] for h in found.highs}
    lines = _lines(found)
    record = found.record
    return Section(
        lang=lang,
        county=found.scenario.county.name,
        as_of=found.scenario.county.as_of,
        hash=fingerprint,
        highs=tuple(high_name.values()),
        lines=lines,
        sums=tuple(sum(line.cells[n].places or 0 for line in lines) for n in range(len(high_name))),
        places=sum(found.totals.values()),
        marks=tuple(
            mark
            for mark in ("floor", "cap", "tied")
            if any(mark in (n.mark for n in (*line.cells, line.total)) for line in lines)
        ),
        told=explanations(found, lang),
        method=method(found, lang),
        row_multipliers=tuple(
            (high_name[h.id], h.quota, written(h.multiplier))
            for h in (record.senior_highs if record else ())
        ),
        column_multipliers=tuple(
            (
                found.claimants[c.id].name,
                written(c.claim),
                written(c.total_multiplier),
                c.total,
                written(c.multiplier),
            )
            for c in (record.claimants if record else ())
        ),
        ties=tuple(
            (
                high_name[t.senior_high] if t.senior_high is not None else "",
                found.claimants[t.claimant].name,
                t.places,
                t.or_else,
            )
            for t in found.ties
        ),
    )


def _lines(found: Division) -> tuple[Line, ...]:
    marks: dict[tuple[str | None, str], str] = {}
    marks.update(found.held.items())
    marks |= {(None, c.id): c.held for c in found.on_record.values()}
    marks |= {(t.senior_high, t.claimant): "tied" for t in found.ties}
    return tuple(
        Line(
            id=id,
            name=claimant.name,
            cells=tuple(
                Number(
                    found.cells.get((h.id, id), 0 if (h.id, id) in found.due.cells else None),
                    marks.get((h.id, id), ""),
                )
                for h in found.highs
            ),
            total=Number(found.totals[id], marks.get((None, id), "")),
            share=rounded(found.due.plain[id]),
            difference=_signed(found.totals[id] - found.due.plain[id]),
        )
        for id, claimant in found.claimants.items()
    )


def _signed(value: Fraction) -> str:
    text = rounded(value)
    return f"+{text}" if value > 0 else text.replace("-", "−")
