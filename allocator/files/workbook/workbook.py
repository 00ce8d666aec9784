"""Writing the workbook of an outcome: the same outcome always gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxwriter.worksheet import Worksheet

from allocator.admission.acceptance import Simulation
from allocator.admission.compare import MethodResult
from allocator.files.text import write_aside
from allocator.files.workbook.admission_sheets import method_sheets
from allocator.files.workbook.begun import begun
from allocator.files.workbook.contents import sheets
from allocator.files.workbook.identity import SHEET, write_identity
from allocator.files.workbook.page import Known, Page
from allocator.files.workbook.private import sheet_without_identity
from allocator.files.workbook.sheet import Sheet
from allocator.files.workbook.styles import Styles
from allocator.files.workbook.text import tab_name
from allocator.files.workbook.usable_sheets import simulation_sheets
from allocator.insight.identity import without_identity
from allocator.modelling import Language
from allocator.scenario import Scenario

if TYPE_CHECKING:
    # Only for its type: importing it at run time would load the solvers.
    from allocator.solving.outcome import Outcome


class _Worksheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose formulas hold no function newer than Excel 2010.

    The library looks in each for thirty newer ones, which takes longer than writing them.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        del expand_future_functions
        return formula.removeprefix("=")


def write_workbook(
    path: str | PathLike[str],
    scenario: Scenario,
    outcome: Outcome,
    lang: Language = "zh",
    *,
    internal: bool = False,
) -> None:
    """Write the workbook of an outcome; only parts with a plan have sheets of their own.

    Nothing that differs between two runs (seconds, today's date) is written, so the same outcome
    gives the same bytes. An old file is replaced only when the new one is complete.

    Parameters
    ----------
    internal
        Whether it stays within the personnel section: only then the eligibility list says why
        somebody does not move now.

    Raises
    ------
    DataError
        If the outcome's plan cannot be a plan of this scenario's county.
    OSError
        If the folder cannot be written to; an old file is then untouched.
    """
    write_aside(Path(path), workbook_bytes(scenario, outcome, lang, internal=internal))


def workbook_bytes(
    scenario: Scenario, outcome: Outcome, lang: Language = "zh", *, internal: bool = False
) -> bytes:
    """The workbook as bytes, for a download."""
    written = sheets(scenario, outcome, lang, internal=internal)
    return book_bytes(scenario, written, lang, {"scenario": outcome.scenario_hash})


def write_comparison(
    path: str | PathLike[str],
    scenario: Scenario,
    results: Sequence[MethodResult],
    lang: Language = "zh",
) -> None:
    """Write what every way of rounding makes of a county's quotas.

    Raises
    ------
    OSError
        If the folder cannot be written to; an old file is then untouched.
    """
    write_aside(Path(path), comparison_bytes(scenario, results, lang))


def comparison_bytes(
    scenario: Scenario, results: Sequence[MethodResult], lang: Language = "zh"
) -> bytes:
    """The comparison of the ways of rounding as bytes, for a download."""
    return book_bytes(scenario, method_sheets(scenario, results, lang), lang)


def write_simulation(
    path: str | PathLike[str],
    scenario: Scenario,
    found: Simulation,
    source: str,
    lang: Language = "zh",
) -> None:
    """Write what came of a simulated admission.

    Parameters
    ----------
    source
        Where the pupils come from, for the head of every sheet.

    Raises
    ------
    OSError
        If the folder cannot be written to; an old file is then untouched.
    """
    write_aside(
        Path(path), book_bytes(scenario, simulation_sheets(scenario, found, source, lang), lang)
    )


def book_bytes(
    scenario: Scenario,
    written: Iterable[Sheet],
    lang: Language,
    about: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook of any sheets, under the name of a scenario.

    A formula that refers to a sheet or a name the workbook lacks is left out, its value of today
    written instead.

    Parameters
    ----------
    about
        What the workbook says of itself to a program; nothing in one that is not read back.
    """
    held = BytesIO()
    county = scenario.county
    book = begun(held, title=scenario.title, month=county.as_of, subject=county.name)
    book.set_calc_mode("auto")
    styles = Styles(book)
    pages: list[Page] = []
    for sheet in map(sheet_without_identity, written):
        name = tab_name(sheet.name.say(lang), {page.name.lower() for page in pages})
        pages.append(Page(book.add_worksheet(name, _Worksheet), name, sheet, styles, lang))
    names = {name: cells for page in pages for name, cells in page.called.items()}
    for name, cells in names.items():
        book.define_name(name, cells)
    known = Known(names, {page.name for page in pages})
    for page in pages:
        said = [scenario.title, county.name, county.as_of, page.sheet.note]
        page.write(without_identity("　".join(part for part in said if part)), known, book)
    if about is not None:
        write_identity(book.add_worksheet(SHEET), pages, {"language": lang, **about})
    book.close()
    return held.getvalue()
