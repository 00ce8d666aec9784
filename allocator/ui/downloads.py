"""Files to take away: the workbook, the page for publication, and the outcome as JSON."""

from __future__ import annotations

import streamlit as st

from allocator.ui.language import language, say
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.library import file_stem
from allocator.ui.logic.runs import Run

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_downloads(run: Run, findings: Findings) -> None:
    """The buttons; files are made when one is pressed."""
    lang, stem = language(), file_stem(findings.scenario.title) or "plan"
    if findings.solved:
        st.download_button(
            say("Download workbook (xlsx)"),
            data=lambda: findings.workbook(lang),
            file_name=f"{stem}.xlsx",
            mime=_XLSX,
            key="download-workbook",
            on_click="ignore",
        )
    if findings.publishable:
        st.download_button(
            say("Download page for publication (HTML)"),
            data=findings.publication,
            file_name=f"{stem}-quotas.html",
            mime="text/html",
            key="download-publication",
            on_click="ignore",
        )
    if run.job.folder.result.exists():
        st.download_button(
            say("Download result (JSON)"),
            data=run.job.folder.result.read_bytes,
            file_name=f"{stem}-outcome.json",
            mime="application/json",
            key="download-outcome",
            on_click="ignore",
        )
