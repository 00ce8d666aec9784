"""What each sheet was recognised as, and the way to correct it."""

from __future__ import annotations

import streamlit as st

from allocator.files.books.book import RawBook
from allocator.files.intake.mapping import LEFT_ASIDE
from allocator.files.intake.recognition import RecognisedSheet
from allocator.insight.vocabulary import word
from allocator.records import table as table_of
from allocator.ui.bringing import held
from allocator.ui.language import language, say
from allocator.ui.logic.bringing_in import KEYS, Bringing, Found, field_titles, table_titles
from allocator.ui.problems import plain

_SHEETS = 40
"""Sheets listed at most."""
_ABREAST = 4
KEPT = "*"
"""A column that says whom a row is about stays what it is."""


def show_sheets(bringing: Bringing) -> None:
    """One box a sheet: the table it holds, its columns, what is kept aside."""
    st.caption(
        say(
            "What each sheet is taken for. Correct it here where it is wrong: it is remembered for "
            "the next files."
        )
    )
    for number, found in enumerate(bringing.found[:_SHEETS]):
        _sheet(found, number)


def _sheet(found: Found, number: int) -> None:
    with st.container(border=True, key=f"sheet-{number}"):
        _heading(found, number)
        for place, recognised in enumerate(found.tables):
            _columns(found.book, recognised, f"{number}-{place}")


def _heading(found: Found, number: int) -> None:
    titles = table_titles(language())
    now = found.tables[0].table if len(found.tables) == 1 else None
    rows = sum(len(t.rows) for t in found.tables)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.container(gap=None, width="stretch"):
            st.markdown(f"**{plain(found.book.name)} · {plain(found.sheet.name)}**")
            st.caption(_told(found, rows))
        key = f"sheet-table-{number}-{found.book.name}-{now}"
        st.selectbox(
            say("Is taken for"),
            [LEFT_ASIDE, *titles],
            index=([LEFT_ASIDE, *titles].index(now)) if now else (None if found.tables else 0),
            format_func=lambda c: titles.get(c) or say("not read"),
            placeholder=say("several tables"),
            key=key,
            width=240,
            on_change=_meant,
            args=(key, found.sheet.name),
        )


def _told(found: Found, rows: int) -> str:
    if not found.tables:
        return say("This sheet is not read.")
    lines = [t.header + 1 for t in found.tables]
    return say(
        "headings in row {header}, {number} rows of data",
        header=(", ").join(map(str, lines)),
        number=f"{rows:,}",
    )


def _columns(book: RawBook, seen: RecognisedSheet, place: str) -> None:
    """The headings with their fields; a click away, what each column shall be."""
    titles = field_titles(seen.table, language())
    comma = "、" if language() == "zh" else ", "
    meant = {column: titles.get(field, field) for column, field in seen.columns.items()}
    meant |= {column: word(KEYS, key, language()) for column, key in seen.keys.items()}
    known = [
        f"{plain(seen.headings.get(column, '?'))} → {plain(words)}"
        for column, words in sorted(meant.items())
    ]
    if known:
        st.markdown(comma.join(known))
    if seen.aside:
        aside = comma.join(plain(seen.headings.get(c, "?")) for c in seen.aside)
        st.caption(say("Kept aside, not read: {columns}", columns=aside))
    if seen.missing:
        missing = comma.join(plain(titles.get(f, f)) for f in seen.missing)
        st.caption(say("Missing for new records: {columns}", columns=missing))
    box = st.expander(
        say("Correct the columns"), key=f"columns-{place}-{book.name}", on_change="rerun"
    )
    if box.open:
        with box:
            _correct(seen, titles, place)


def _correct(seen: RecognisedSheet, titles: dict[str, str], place: str) -> None:
    listed = sorted({*seen.columns, *seen.keys, *seen.aside})
    for first in range(0, len(listed), _ABREAST):
        for slot, column in zip(st.columns(_ABREAST), listed[first:], strict=False):
            now = seen.columns.get(column, LEFT_ASIDE)
            known = {LEFT_ASIDE: say("not read"), **titles}
            if column in seen.keys:
                now = KEPT
                known = {KEPT: word(KEYS, seen.keys[column], language()), **known}
            known.setdefault(now, table_of(seen.table).heading(now).say(language()))
            heading = seen.headings.get(column, "")
            key = f"column-{place}-{column}-{now}"
            with slot:
                st.selectbox(
                    plain(heading) or "?",
                    list(known),
                    index=list(known).index(now),
                    format_func=known.__getitem__,
                    key=key,
                    on_change=_stands_for,
                    args=(key, seen.table, heading),
                )


def _meant(key: str, sheet: str) -> None:
    made = held.held()
    held.put(made.corrected(made.mapping.with_sheet(sheet, st.session_state[key])))


def _stands_for(key: str, table: str, heading: str) -> None:
    made, field = held.held(), st.session_state[key]
    if field != KEPT:
        held.put(made.corrected(made.mapping.with_heading(table, heading, field)))
