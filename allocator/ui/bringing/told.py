"""Problems of the files as a table with filters, the coloured copies, and what would change."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from allocator.files.books import RawBook
from allocator.files.intake.report import CHANGES, COUNTS, REPORT, change_table, counts, report
from allocator.files.naming import file_stem
from allocator.files.templates.settings_changed import settings_changed
from allocator.insight.column import Column
from allocator.records import TABLES
from allocator.ui.bringing import held
from allocator.ui.language import language, say
from allocator.ui.logic.bringing_in import Bringing, table_titles
from allocator.ui.problems import plain
from allocator.ui.results.grids import pick

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TALL = 560
"""Height of a long table, pixels."""


def show_report(bringing: Bringing) -> None:
    """Every problem, question and note with its cell and its repair."""
    frame = report(bringing.proposal, language())
    if frame.empty:
        st.success(say("Nothing is wrong with these files."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for code, width in (("kind", 140), ("book", 200), ("sheet", 170), ("fault", 260)):
            if frame[code].nunique() < 2:
                continue
            heading = REPORT[code].title.say(language())
            chosen = pick(heading, frame[code], f"report-{code}", width=width)
            if chosen is not None:
                frame = frame[frame[code] == chosen]
        words = st.text_input(say("Search"), key="report-words", width=160)
    if words:
        frame = frame[[words in " ".join(map(str, row)) for row in frame.itertuples()]]
    st.caption(say("{number} rows", number=f"{len(frame):,}"))
    _table(frame, REPORT)
    for number, book in enumerate(bringing.books):
        if bringing.wrong_in(book):
            _marked(bringing, book, number)


def _marked(bringing: Bringing, book: RawBook, number: int) -> None:
    """The copy of a file with its bad cells coloured."""
    lang = language()
    name = f"{file_stem(book.name.rpartition('.')[0])} {say('marked')}.xlsx"
    wrong = bringing.wrong_in(book)
    st.download_button(
        say("Download {name}: {number} places are coloured", name=name, number=wrong),
        data=lambda: bringing.marked(book, lang),
        file_name=name,
        mime=_XLSX,
        key=f"marked-{number}",
        on_click="ignore",
    )


def show_changes(bringing: Bringing) -> None:
    """How much would change in each table, which tables are complete, and every change."""
    lang, proposal = language(), bringing.proposal
    _table(counts(proposal, lang), COUNTS)
    single = {held.name for held in TABLES if held.single}
    listed = [t.table for t in proposal.tables if t.table not in single]
    titles = table_titles(lang)
    if bringing.into is not None and listed:
        key = f"complete-{'-'.join(listed)}"
        st.multiselect(
            say("The files hold every row of these tables: rows they do not name are removed"),
            listed,
            default=sorted(bringing.complete & set(listed)),
            format_func=titles.__getitem__,
            placeholder=say("none: rows the files do not name are kept"),
            key=key,
            on_change=_completed,
            args=(key,),
            select_all=False,
        )
    _settings(bringing)
    if not proposal.any:
        st.info(say("The files say what the scenario says already: nothing would change."))
        return
    if not any(made.any for made in proposal.tables):
        return
    frame = change_table(proposal, lang)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for code, width in (("table", 220), ("what", 140)):
            heading = CHANGES[code].title.say(lang)
            chosen = pick(heading, frame[code], f"changes-{code}", width=width)
            if chosen is not None:
                frame = frame[frame[code] == chosen]
        st.caption(say("{number} rows", number=f"{len(frame):,}"))
    _table(frame, CHANGES)


def _settings(bringing: Bringing) -> None:
    """Which rules, goals and terms the files change beside the tables."""
    made = bringing.proposal.scenario
    if bringing.into is not None and made is not None:
        told = settings_changed(bringing.into, made)
        if told is not None:
            words = told.say(language())
            st.markdown(plain(say("Rules and settings that would change: {which}", which=words)))


def _completed(key: str) -> None:
    held.put(held.held().completed(st.session_state[key]))


def _table(frame: pd.DataFrame, about: Mapping[str, Column]) -> None:
    """A table in the words of its columns."""
    lang = language()
    shown = frame.rename(columns={code: about[code].title.say(lang) for code in frame.columns})
    tall = 35 * (len(shown) + 1) + 2
    numbers = {
        heading: st.column_config.NumberColumn(format="localized")
        for heading in shown.select_dtypes("number").columns
    }
    st.dataframe(
        shown, hide_index=True, height=min(tall, _TALL), placeholder="", column_config=numbers
    )
