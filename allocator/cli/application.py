"""The commands and their help, in one language at a time."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Annotated, Any

import typer

from allocator.cli.app import app_command
from allocator.cli.audit import audit_command
from allocator.cli.compare import compare_command
from allocator.cli.confirm import confirm_command
from allocator.cli.curriculum import curriculum_command
from allocator.cli.export import export_command
from allocator.cli.generate import generate_command
from allocator.cli.import_ import import_command
from allocator.cli.matrix import matrix_command
from allocator.cli.measure import measure_command
from allocator.cli.next_round import next_round_command
from allocator.cli.presets import presets_command
from allocator.cli.publish import publish_command
from allocator.cli.rules import rules_command
from allocator.cli.schema import schema_command
from allocator.cli.simulate import simulate_command
from allocator.cli.solve import solve_command
from allocator.cli.template import template_command
from allocator.words import say

if TYPE_CHECKING:
    from allocator.modelling import Language

app = typer.Typer(
    help="Place teachers and senior-high quota places of a county, with proof.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        try:
            typer.echo(f"allocator {version('allocator')}")
        except PackageNotFoundError:
            typer.echo("allocator")
        raise typer.Exit


@app.callback()
def root(
    lang: Annotated[
        str, typer.Option("--lang", help="Language of the answers: zh or en (ALLOCATOR_LANG).")
    ] = "zh",
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """Take the options that stand before a command; the language was read before."""
    del lang, version


app.command("solve", help="Solve a scenario and write the plan.")(solve_command)
app.command("audit", help="Judge a plan by the rules of a scenario.")(audit_command)
app.command("matrix", help="Write the quota table of a plan as a workbook or CSV.")(matrix_command)
app.command("measure", help="Measure the county as it is; nothing is solved.")(measure_command)
app.command("compare", help="Compare all ways of rounding quota places.")(compare_command)
app.command("export", help="Write workbooks, notices, lists, tables and maps of a result.")(
    export_command
)
app.command("confirm", help="Read confirmed eligibility lists that schools sent back.")(
    confirm_command
)
app.command("publish", help="Write a quota table as a page for publication.")(publish_command)
app.command("next-round", help="Propose the next round of applications across schools.")(
    next_round_command
)
app.command(
    "simulate", help="Simulate admission, pupil by pupil, with the quota places of a plan."
)(simulate_command)
app.command("import", help="Read workbooks into a scenario: shown first, then taken over.")(
    import_command
)
app.command("generate", help="Make a sample county of any size.")(generate_command)
app.command("template", help="Write a workbook to fill in, with lists and examples.")(
    template_command
)
app.command("curriculum", help="Give a scenario another periods table.")(curriculum_command)
app.command("schema", help="Print the JSON Schema of a scenario or outcome file.")(schema_command)
app.command("rules", help="List every rule with its parameters.")(rules_command)
app.command("presets", help="List the presets of rules with their sources.")(presets_command)
app.command("app", help="Open the pages in the browser, on this machine only.")(app_command)


def command(lang: Language) -> Any:
    """The whole command with its help in one language."""
    made = typer.main.get_command(app)
    _translate(made, lang)
    return made


def _translate(node: Any, lang: Language) -> None:
    for item in (node, *node.params):
        if getattr(item, "help", None):
            item.help = say(item.help, lang)
    for below in getattr(node, "commands", {}).values():
        _translate(below, lang)
