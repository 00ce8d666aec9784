"""``allocator import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from allocator.cli import exits
from allocator.cli.outputs import output_problems
from allocator.county.frozen import DataError, Problem
from allocator.modelling import Language
from allocator.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allocator.files.books import RawBook
    from allocator.files.intake.proposal import How, Proposal

_MOST = 100
"""Lines printed of each list; the report holds all."""


def import_command(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Workbooks and CSV files to read.")],
    into: Annotated[
        Path, typer.Option("--into", help="The scenario file; a new one is made if it is missing.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="The changed scenario; without it --into is changed."),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", help="What was settled before (JSON); kept up to date."),
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="A file of --questions, filled in.")
    ] = None,
    questions: Annotated[
        Path | None, typer.Option("--questions", help="Write the open questions to fill in (JSON).")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Write problems and changes (xlsx).")
    ] = None,
    marked: Annotated[
        Path | None, typer.Option("--marked", help="Folder for marked copies of the files.")
    ] = None,
    complete: Annotated[
        list[str] | None,
        typer.Option("--complete", help="Table of which the files hold every row: others go."),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Name of a new county.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Month of the data of a new county (YYYY-MM).")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take the changes over, if nothing is open.")
    ] = False,
) -> int:
    """Show what files would change in a scenario, and take it over once accepted."""
    from allocator.cli.console import answers as console_of_answers
    from allocator.files import load, save
    from allocator.files.intake.answers import load_answers, save_questions
    from allocator.files.intake.mapping import SavedMapping, load_mapping, save_mapping
    from allocator.files.intake.proposal import NewCounty, propose, remembered

    lang: Language = context.obj
    how = _how(complete or ())
    inputs = [*files, *([answers] if answers is not None else [])]
    _check(inputs, into, out, mapping, questions, report, marked)
    console = console_of_answers()
    before = load(into) if into.exists() else None
    settled = load_mapping(mapping) if mapping is not None and mapping.exists() else SavedMapping()
    given = load_answers(answers) if answers is not None else {}
    books = _opened(files)
    new = NewCounty(name=name, as_of=as_of)
    made = propose(before, books, settled, how, new=new, answers=given)
    _print(console, made, lang)
    if report is not None:
        from allocator.files.intake.report_file import write_report

        write_report(report, made, lang)
        console.print(say("The report is written: {path}", lang, path=str(report)))
    if questions is not None:
        save_questions(questions, made, lang)
        console.print(say("The questions are written: {path}", lang, path=str(questions)))
    if marked is not None:
        _write_marked(console, marked, made, lang)
    if made.scenario is None:
        text = "Nothing is taken over: problems and questions come first."
        console.print(say(text, lang), style="bold")
        return exits.BAD_INPUT if made.findings else exits.QUESTIONS
    target = out or into
    if not accept:
        text = "Nothing is taken over yet: --accept writes {path}."
        console.print(say(text, lang, path=str(target)), style="bold")
        return exits.CLEAN
    save(made.scenario, target)
    console.print(say("The scenario is written: {path}", lang, path=str(target)), style="bold")
    if mapping is not None:
        kept = remembered(made)
        if kept != settled:
            save_mapping(mapping, kept)
    return exits.CLEAN


def _how(complete: list[str] | tuple[str, ...]) -> Mapping[str, How]:
    from allocator.records import TABLES

    known = {t.name for t in TABLES if not t.single}
    unknown = [name for name in complete if name not in known]
    if unknown:
        text = "{table} is no table: choose one of {known}"
        listed = ", ".join(sorted(known))
        raise DataError(
            tuple(Problem("--complete", text, {"table": n, "known": listed}) for n in unknown)
        )
    return dict.fromkeys(complete, "replace")


def _check(
    inputs: list[Path],
    into: Path,
    out: Path | None,
    mapping: Path | None,
    questions: Path | None,
    report: Path | None,
    marked: Path | None,
) -> None:
    """Refuse what cannot be written, and what would overwrite a file unasked."""
    others = (*inputs, into)
    problems = [
        *output_problems(into, "--into", tuple(inputs)),
        *output_problems(out, "--out", others),
        *output_problems(mapping, "--mapping", others),
        *output_problems(questions, "--questions", others),
        *output_problems(report, "--report", others),
    ]
    for option, path in (("--out", out), ("--questions", questions), ("--report", report)):
        if path is not None and path.is_file():
            text = "{path} exists already: choose another name"
            problems.append(Problem(option, text, {"path": str(path)}))
    if report is not None and report.suffix.lower() != ".xlsx":
        text = "{path} must end in .xlsx: it is a workbook"
        problems.append(Problem("--report", text, {"path": str(report)}))
    if marked is not None and not marked.is_dir():
        problems += output_problems(marked, "--marked", others)
    if problems:
        raise DataError(tuple(problems))


def _opened(files: list[Path]) -> list[RawBook]:
    """All files opened; what is wrong with any of them is said at once."""
    from allocator.files.books import open_book

    books: list[RawBook] = []
    problems: list[Problem] = []
    for path in files:
        try:
            books.append(open_book(path, path.name))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(tuple(problems))
    return books


def _print(console: Console, made: Proposal, lang: Language) -> None:
    """Counts, changes, problems and questions."""
    from allocator.cli.tables import print_table
    from allocator.files.intake.report import CHANGES, COUNTS, REPORT, change_table, counts
    from allocator.files.intake.report import report as report_of

    print_table(console, counts(made, lang), tuple(COUNTS), lang, COUNTS)
    changes = change_table(made, lang)
    told = report_of(made, lang)
    for title, frame, about, shown in (
        (say("Changes:", lang), changes, CHANGES, tuple(CHANGES)),
        (say("Problems and questions:", lang), told, REPORT, _TOLD),
    ):
        if len(frame):
            console.print(title, style="bold")
            print_table(console, frame.head(_MOST), shown, lang, about)
        if len(frame) > _MOST:
            console.print(say("and {number} more", lang, number=len(frame) - _MOST))


_TOLD = ("kind", "book", "sheet", "row", "column", "heading", "value", "fault", "repair")


def _write_marked(console: Console, folder: Path, made: Proposal, lang: Language) -> None:
    from allocator.files.intake.marked_copy import marked_copy
    from allocator.files.text import write_aside

    folder.mkdir(exist_ok=True)
    for n, book in enumerate(made.books):
        stem = Path(book.name).stem
        same = sum(Path(b.name).stem == stem for b in made.books[:n])
        suffix = say("marked", lang) + (f"-{same + 1}" if same else "")
        path = folder / f"{stem}-{suffix}.xlsx"
        if path.exists():
            text = "{path} exists already: choose another name"
            raise DataError((Problem("--marked", text, {"path": str(path)}),))
        write_aside(path, marked_copy(book, made, lang))
        console.print(say("The marked copy is written: {path}", lang, path=str(path)))
