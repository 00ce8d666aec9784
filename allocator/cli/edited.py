"""Auditing a results workbook that people changed by hand."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.cli import exits
from allocator.cli.outputs import output_problems, same_file
from allocator.county.frozen import DataError, Problem
from allocator.modelling import Language
from allocator.words import say, tell

if TYPE_CHECKING:
    from rich.console import Console

    from allocator.files.books import RawBook
    from allocator.files.edited import EditedPlan
    from allocator.insight.by_hand import Judgement
    from allocator.scenario import Scenario
    from allocator.solving.outcome import Outcome

BOOKS = (".xlsx", ".xls", ".ods")
"""Kinds of file that a results workbook is saved as."""
_EDITS = ("edit", "edit_about", "edit_home", "edit_was", "edit_now", "edit_at")
_DID = ("edit_about", "edit_together", "edit_alone", "edit_alone_cost", "edit_among",
        "edit_among_cost")  # fmt: skip
_TIERS = ("part", "tier_title", "unit", "value_before", "value_after", "change", "bound")


@dataclass(frozen=True)
class Asked:
    """What is asked for beside the verdict."""

    against: Path | None
    """The outcome or plan that the workbook was exported from."""
    out: Path | None
    pins: Path | None
    most: int

    @property
    def anything(self) -> bool:
        """Whether any of it only goes with a results workbook."""
        return any(path is not None for path in (self.against, self.out, self.pins))

    def check(self, scenario: Path, book: Path) -> None:
        """Refuse what cannot be done, before anything is read.

        Raises
        ------
        DataError
            If a file cannot be written, or pins are asked for without a plan to compare with.
        """
        given = (scenario, book, *(() if self.against is None else (self.against,)))
        problems = [
            *output_problems(self.out, "--out", given),
            *output_problems(self.pins, "--pins", given),
        ]
        if self.out is not None and self.pins is not None and same_file(self.out, self.pins):
            text = "{path} is named for two files: give each its own name"
            problems.append(Problem("--pins", text, {"path": str(self.pins)}))
        if self.pins is not None and self.against is None:
            text = "what was changed can only be told against the outcome: add --against"
            problems.append(Problem("--pins", text))
        if problems:
            raise DataError(tuple(problems))


def audit_edited(scenario: Scenario, book: RawBook, asked: Asked, lang: Language) -> int:
    """Read a results workbook back, judge it, and write what is asked for."""
    from allocator.audit import audit
    from allocator.cli.console import answers
    from allocator.cli.verdicts import print_missed, print_rules
    from allocator.county.plan import Plan
    from allocator.files import load_plan_or_outcome, save_plan
    from allocator.files.edited import read_edited

    found = load_plan_or_outcome(asked.against) if asked.against is not None else None
    edited = read_edited(scenario, found, book)
    for note in edited.notes:
        print(say("Note: {text}", lang, text=tell(note, lang)), file=sys.stderr)
    console = answers()
    if edited.base is not None:
        outcome = None if isinstance(found, Plan) else found
        judgement = _told(console, scenario, edited, asked.most, outcome, lang)
        verdict = judgement.after
    else:
        print(
            say("Note: without --against only the plan as it stands is judged.", lang),
            file=sys.stderr,
        )
        verdict = audit(scenario, edited.plan, edited.parts)
        print_rules(console, scenario, verdict, lang)
    print_missed(console, scenario, verdict, lang)
    if asked.out is not None:
        save_plan(edited.plan, asked.out)
    if asked.pins is not None:
        _pin(console, scenario, edited, asked.pins, lang)
    if verdict.clean:
        console.print(say("Audit: clean, every rule that must be kept is kept.", lang))
        return exits.CLEAN
    console.print(say("Audit: the plan is rejected.", lang))
    return exits.REJECTED


def _told(
    console: Console,
    scenario: Scenario,
    edited: EditedPlan,
    most: int,
    outcome: Outcome | None,
    lang: Language,
) -> Judgement:
    """Every edit, what each did, goals before and after, and the judgement they come from."""
    from allocator.cli.tables import print_table
    from allocator.insight.by_hand import edit_table, edit_verdicts, judged, tiers_by_hand

    assert edited.base is not None
    if edited.edits:
        console.print(say("Edits made by hand: {number}", lang, number=len(edited.edits)))
        print_table(console, edit_table(scenario, edited.edits, lang), _EDITS, lang)
    else:
        console.print(say("No edit: only the format of the workbook was changed.", lang))
    judgement = judged(scenario, edited.base, edited.edits, most=most)
    if edited.edits:
        console.print(say("What each edit did, by itself and among all:", lang))
        table = edit_verdicts(scenario, judgement, lang)
        print_table(console, table[table["edit_alone"] != "not_judged"], _DID, lang)
        for row in table.to_dict("records"):
            for line in str(row["edit_alone_broken"]).splitlines():
                console.print(f"  {row['edit_about']}: {line}")
        if judgement.left_out:
            text = "{number} more edits were judged together only: --most judges more one by one."
            console.print(say(text, lang, number=judgement.left_out))
        tiers = tiers_by_hand(scenario, judgement, lang, outcome)
        if len(tiers):
            # A plan that cannot be has no goals.
            console.print(say("Goals before and after the edits:", lang))
            print_table(console, tiers, _TIERS, lang)
    return judgement


def _pin(
    console: Console, scenario: Scenario, edited: EditedPlan, path: Path, lang: Language
) -> None:
    """Write the scenario with the edits as pins, and say which could not be."""
    from allocator.files import save
    from allocator.insight.by_hand import pinned, unpinned

    save(pinned(scenario, edited.edits), path)
    left = unpinned(scenario, edited.edits)
    kept = len(edited.edits) - len(left)
    text = "The scenario with {number} edits as pins is written: {path}"
    console.print(say(text, lang, number=kept, path=str(path)))
    for _, why in left:
        console.print("  " + say("Not pinned: {text}", lang, text=tell(why, lang)))
