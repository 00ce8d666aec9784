"""Workbooks to fill in, and all data of the scenario as a workbook that is read back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from allocator.files.naming import file_stem
from allocator.files.templates import data_bytes, template_bytes
from allocator.scenario import Scenario
from allocator.ui.language import language, say
from allocator.ui.logic.bringing_in import table_titles

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_templates(scenario: Scenario) -> None:
    """Three ways to a workbook that is read for certain."""
    lang = language()
    st.markdown(f"**{say('No workbook at hand?')}**")
    st.caption(
        say(
            "Templates have the headings, lists to choose from, examples and a sheet of help. The "
            "data of a scenario come out as a workbook, are changed there and read back."
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="templates"):
        titles = table_titles(lang)
        chosen = st.multiselect(
            say("Tables of the template"),
            list(titles),
            format_func=titles.__getitem__,
            placeholder=say("schools and teachers"),
            key="template-tables",
            persist_state="session",
            width=420,
            select_all=False,
        )
        _download(
            say("Template for this county"),
            "template",
            f"{say('template')} {file_stem(scenario.county.name)}.xlsx",
            lambda: template_bytes(lang, chosen or None, scenario),
        )
        _download(
            say("Template for a new county"),
            "template-new",
            f"{say('template')}.xlsx",
            lambda: template_bytes(lang, chosen or None),
        )
        _download(
            say("All data of this scenario"),
            "data",
            f"{file_stem(scenario.title)} {say('data')}.xlsx",
            lambda: data_bytes(scenario, lang),
        )


def _download(label: str, key: str, name: str, made: Callable[[], bytes]) -> None:
    st.download_button(
        label, data=made, file_name=name, mime=_XLSX, key=f"bringing-{key}", on_click="ignore"
    )
