"""Export: choose what to take away, and of persons in which form."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import streamlit as st

from allocator.files import text_of
from allocator.files.export.geo import geojson
from allocator.files.export.parquet import parquet_bytes
from allocator.files.export.zipped import tables_zipped, zipped
from allocator.files.forms.confirm import confirm_bytes, confirm_files
from allocator.files.forms.notices import notices_bytes
from allocator.insight.headings import COLUMNS
from allocator.insight.released import FORM, FORM_SAYS, FORMS, Form
from allocator.insight.vocabulary import word
from allocator.scenario import Scenario
from allocator.ui.frame import Context
from allocator.ui.language import language, say
from allocator.ui.links import page_of
from allocator.ui.logic import exports
from allocator.ui.logic.exports import Item
from allocator.ui.results.grids import show_table

_MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "html": "text/html",
    "json": "application/json",
    "zip": "application/zip",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
}
_OUTSIDE = ("publication", "web")


def show_export(context: Context) -> None:
    """What on the left; form, preview and files on the right."""
    _standing(context)
    what, body = st.columns([3, 9], gap="large")
    lang = language()
    listed = {i.code: i for i in exports.possible(context.scenario, context.findings)}
    titles = {code: i.title.say(lang) for code, i in listed.items()}
    with what:
        code = st.radio(
            say("What to take away"),
            list(listed),
            format_func=titles.__getitem__,
            key="export-what",
        )
    with body:
        _show_item(context, listed[code])


def _standing(context: Context) -> None:
    """What to know before anything leaves the house."""
    if context.findings is None or not context.findings.solved:
        text = (
            "There is no result yet: only what needs none is listed. Press Solve above for the "
            "rest."
        )
        st.info(say(text))
    elif context.how == "outdated":
        st.warning(say("Settings were changed since this result: it belongs to the earlier ones."))
    if _rejected(context):
        st.error(say("The audit rejects this plan: do not publish it."))


def _rejected(context: Context) -> bool:
    parts = context.findings.outcome.parts if context.findings is not None else ()
    return any(p.plan is not None and p.audit is not None and not p.audit.clean for p in parts)


def _show_item(context: Context, item: Item) -> None:
    st.subheader(item.title.say(language()), anchor=False)
    if not item.asks(context.findings):
        _SHOWN[item.kind](context, item, None)
        return
    form = _ask(item)
    if form is None:
        st.info(say("Choose the form: only then there is a preview and a file."))
        return
    if form == "internal":
        st.warning(say("This form stays within the personnel section: do not pass it on."))
    _SHOWN[item.kind](context, item, form)


def _ask(item: Item) -> Form | None:
    """The form, asked for anew for each thing taken away: none is chosen beforehand."""
    lang = language()
    form: Form | None = st.radio(
        say("In which form?"),
        FORMS,
        index=None,
        format_func={f: word(FORM, f, lang) for f in FORMS}.__getitem__,
        captions=[word(FORM_SAYS, f, lang) for f in FORMS],
        key=f"export-form-{item.code}",
    )
    return form


def _scenario(context: Context, item: Item, form: Form | None) -> None:
    text = "Data, rules and settings as they stand, with all names: to keep, or to open elsewhere."
    st.caption(say(text))
    scenario = context.scenario
    _button(
        context, item, form, "json", lambda: text_of(scenario).encode(), bool(context.draft.wrong)
    )


def _outcome(context: Context, item: Item, form: Form | None) -> None:
    text = "Plan, bounds and audit, with the numbers of teachers: for the audit command."
    st.caption(say(text))
    if context.run is not None:
        _button(context, item, form, "json", context.run.job.folder.result.read_bytes)


def _page(context: Context, item: Item, form: Form | None) -> None:
    text = (
        "One page in both languages that opens in any browser: every junior high finds its "
        "places and how they were counted. It names no pupil."
    )
    st.caption(say(text))
    findings = context.findings
    if findings is not None:
        _button(context, item, form, "html", lambda: findings.publication().encode())


def _workbook(context: Context, item: Item, form: Form | None) -> None:
    lang, findings = language(), context.findings
    if findings is None:
        return
    if form in _OUTSIDE:
        text = (
            "Holds the exchange list in this form and the sheets that speak of nobody: figures, "
            "coverage, quota places, indicators."
        )
        st.caption(say(text))
    _button(context, item, form, "xlsx", lambda: exports.whole(findings, form, lang))
    st.caption(say("A large county takes some seconds after the click."))
    if form in _OUTSIDE:
        _preview(context, exports.item("exchange"), form)


def _table(context: Context, item: Item, form: Form | None) -> None:
    lang, scenario = language(), _of(context, item)
    table = exports.table_of(item, form, scenario, context.findings, lang)
    names = exports.names_of(item, context.findings)
    with st.container(horizontal=True, gap="small"):
        _button(
            context,
            item,
            form,
            "xlsx",
            lambda: exports.as_xlsx(item, form, table, names, scenario, lang),
        )
        _button(context, item, form, "csv", lambda: exports.as_csv(table, names, lang))
        _button(context, item, form, "parquet", lambda: parquet_bytes(table, item.title))
    _preview(context, item, form)


def _tables(context: Context, item: Item, form: Form | None) -> None:
    lang, findings = language(), context.findings
    if findings is None:
        return
    st.caption(say("Every table of the result as a file: CSV for spreadsheets, Parquet for code."))
    _button(context, item, form, "csv.zip", lambda: tables_zipped(findings, form, "csv", lang))
    _button(
        context, item, form, "parquet.zip", lambda: tables_zipped(findings, form, "parquet", lang)
    )


def _notices(context: Context, item: Item, form: Form | None) -> None:
    lang, findings = language(), context.findings
    if findings is None:
        return
    text = (
        "One page a school to print and sign: who comes, who leaves, coverage, its quota places, "
        "its indicators."
    )
    st.caption(say(text))
    _button(context, item, form, "xlsx", lambda: notices_bytes(findings, form, lang))
    st.caption(say("A large county takes some seconds after the click."))


def _confirm(context: Context, item: Item, form: Form | None) -> None:
    lang, scenario = language(), context.scenario
    if form is None:
        return
    text = (
        "One list a school of who shall, may and shall not move: the school corrects it and "
        "sends it back. Lists that come back are read on the page Bring in sheets."
    )
    st.caption(say(text))
    _button(context, item, form, "xlsx", lambda: confirm_bytes(scenario, form, lang))
    _button(context, item, form, "zip", lambda: zipped(confirm_files(scenario, form, lang)))
    st.caption(say("The workbook has a sheet for each school, the archive a file for each."))
    st.page_link(page_of("intake"), label=say("Read lists that came back"))


def _json(made: object) -> bytes:
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def _map(context: Context, item: Item, form: Form | None) -> None:
    text = (
        "Schools as points and moves between them as lines, for map programs; it names no person."
    )
    st.caption(say(text))
    scenario, findings = context.scenario, context.findings
    of = scenario if findings is None else findings.scenario
    _button(context, item, form, "geojson", lambda: _json(geojson(of, findings)))


_SHOWN: dict[str, Callable[[Context, Item, Form | None], None]] = {
    "workbook": _workbook,
    "persons": _table,
    "table": _table,
    "page": _page,
    "scenario": _scenario,
    "outcome": _outcome,
    "tables": _tables,
    "notices": _notices,
    "confirm": _confirm,
    "map": _map,
}


def _preview(context: Context, item: Item, form: Form | None) -> None:
    """The table as the file will have it."""
    table = exports.table_of(item, form, _of(context, item), context.findings, language())
    shown = [c for c in table.columns if c not in COLUMNS or COLUMNS[c].form != "code"]
    st.markdown(f"**{say('Preview: {number} rows', number=f'{len(table):,}')}**")
    show_table(table, shown, names=dict(exports.names_of(item, context.findings)))


def _of(context: Context, item: Item) -> Scenario:
    """The scenario a file is made of: that of the result, or as it stands where none is needed."""
    found = context.findings
    return found.scenario if item.solved and found is not None else context.scenario


def _button(
    context: Context,
    item: Item,
    form: Form | None,
    ending: str,
    made: Callable[[], bytes],
    blocked: bool = False,
) -> None:
    """A file that is made when the button is pressed."""
    on = context.run.asked.date() if item.solved and context.run is not None else date.today()
    name = exports.file_name(_of(context, item), item, form, on, ending, language())
    st.download_button(
        say("Download {name}", name=name),
        data=made,
        file_name=name,
        mime=_MIME[ending.rpartition(".")[2]],
        key=f"export-{item.code}-{form}-{ending}",
        on_click="ignore",
        type="primary" if ending in ("xlsx", "html", "json", "geojson") else "secondary",
        disabled=blocked or (form in _OUTSIDE and item.solved and _rejected(context)),
    )
