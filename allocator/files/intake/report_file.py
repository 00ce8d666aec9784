"""The report of an import as a workbook: problems and questions, then the changes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pandas as pd
import xlsxwriter

from allocator.files.intake.proposal import Proposal
from allocator.files.intake.report import CHANGES, COUNTS, REPORT, change_table, counts, report
from allocator.files.text import write_aside
from allocator.modelling import Language
from allocator.words import say

_WIDTHS = {"fault": 48, "repair": 48, "value": 20, "row": 18, "heading": 18, "old": 22, "new": 22}


def write_report(path: Path, proposal: Proposal, lang: Language = "zh") -> None:
    """Write the report (xlsx).

    Raises
    ------
    OSError
        If the file cannot be written; an old file is then untouched.
    """
    out = BytesIO()
    # Texts of the uploaded files must stay texts, whatever they begin with.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    head = book.add_format({"bold": True, "bg_color": "#D9E1F2", "border": 1, "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for title, frame, about in (
        (say("Problems and questions", lang), report(proposal, lang), REPORT),
        (say("Changes", lang), change_table(proposal, lang), CHANGES),
        (say("Counts", lang), counts(proposal, lang), COUNTS),
    ):
        page = book.add_worksheet(title)
        for n, name in enumerate(about):
            page.write_string(0, n, about[name].title.say(lang), head)
            page.set_column(n, n, _WIDTHS.get(name, 14), wrapped)
        for r, row in enumerate(frame.itertuples(index=False), start=1):
            for n, value in enumerate(row):
                if not pd.isna(value):
                    page.write(r, n, value if isinstance(value, str) else int(value))
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(frame), 1), len(about) - 1)
    book.close()
    write_aside(path, out.getvalue())
