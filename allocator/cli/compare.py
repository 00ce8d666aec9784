"""``allocator compare``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allocator.cli.outputs import check_outputs
from allocator.modelling import Language
from allocator.words import say, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from allocator.admission.compare import MethodResult

_COLUMNS = (
    "way", "sums_kept", "given", "rural_without", "without", "farthest_below", "farthest_above",
    "off_by_one",
)  # fmt: skip


def compare_command(
    context: typer.Context,
    scenario: Annotated[Path, typer.Argument(help="The scenario file (JSON).")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the comparison as a workbook (.xlsx).")
    ] = None,
) -> int:
    """Round the quota places of a scenario in every way, and print what each keeps and breaks."""
    from allocator.cli.console import answers
    from allocator.cli.tables import print_table
    from allocator.files import load
    from allocator.insight.tables import method_comparison, method_results

    lang: Language = context.obj
    check_outputs(out, None, scenario)
    loaded = load(scenario)
    results = method_results(loaded)
    console = answers()
    table = method_comparison(loaded, results, lang)
    possible = [r.possible for r in results]
    print_table(console, table[possible], _COLUMNS, lang)
    for row in table[possible].to_dict("records"):
        if row["rules_broken"]:
            text = "{way} breaks: {rules}"
            console.print(say(text, lang, way=row["way"], rules=row["rules_broken"]))
    _impossible(console, results, lang)
    if out is not None:
        from allocator.files.workbook import write_comparison

        write_comparison(out, loaded, results, lang)
    return 0


def _impossible(console: Console, results: Sequence[MethodResult], lang: Language) -> None:
    """Ways that make no table here, and why."""
    from allocator.insight.tables import way_names

    names = way_names(results, lang)
    for result in results:
        if not result.possible:
            name = names[f"way:{result.key}"]
            console.print(say("{way} makes no table:", lang, way=name))
            for problem in result.problems:
                console.print("  " + tell(problem, lang))
