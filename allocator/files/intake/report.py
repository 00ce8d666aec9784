"""The report of an import as tables: what is wrong and open, what would change, how much of it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from allocator.files.intake.findings import Finding, Where, sentence, worded
from allocator.files.intake.proposal import Proposal
from allocator.files.intake.questions import Question
from allocator.insight.column import Column, column
from allocator.modelling import Language
from allocator.records import name_of, table
from allocator.words import say

REPORT: dict[str, Column] = {
    "kind": column("类别", "Kind"),
    "book": column("文件", "File"),
    "sheet": column("工作表", "Sheet"),
    "row": column("行", "Row", "whole"),
    "column": column("列", "Column"),
    "heading": column("列标题", "Heading"),
    "value": column("内容", "Value"),
    "fault": column("问题", "What is wrong", "long"),
    "repair": column("如何处理", "How to repair it", "long"),
}
"""Columns of the report."""
CHANGES: dict[str, Column] = {
    "table": column("数据表", "Table"),
    "what": column("变化", "Change"),
    "row": column("记录", "Record"),
    "column": column("项目", "Field"),
    "old": column("原值", "Before"),
    "new": column("新值", "After"),
    "cell": column("来自", "From"),
}
"""Columns of the list of changes."""
COUNTS: dict[str, Column] = {
    "table": column("数据表", "Table"),
    "added": column("新增（行）", "Added (rows)", "whole"),
    "changed": column("变更（行）", "Changed (rows)", "whole"),
    "removed": column("移除（行）", "Removed (rows)", "whole"),
    "unchanged": column("未变（行）", "Unchanged (rows)", "whole"),
    "kept": column("文件未列、保留（行）", "Not in the files, kept (rows)", "whole"),
}
"""Columns of the counts by table."""


def report(proposal: Proposal, lang: Language = "zh") -> pd.DataFrame:
    """Every problem, open question and note, one a row; see :data:`REPORT`."""
    rows = [_finding(f, say("problem", lang), lang) for f in proposal.findings]
    rows += [_question(q, lang) for q in proposal.questions]
    rows += [_finding(f, say("note", lang), lang) for f in proposal.notes]
    return pd.DataFrame(rows, columns=list(REPORT)).astype({"row": "Int64"})


def change_table(proposal: Proposal, lang: Language = "zh") -> pd.DataFrame:
    """Everything that would change, one cell, new row or row taken away a row."""
    rows: list[dict[str, Any]] = []
    county = proposal.county
    before = county if proposal.before is None else proposal.before.county
    for made in proposal.tables:
        held = table(made.table)
        title = held.title.say(lang)

        def named(id: str, *, old: bool = False) -> str:
            return name_of(before if old else county, id, lang)

        for change in made.changed:
            about = held.fields.get(change.column)
            old, new = (
                _shown(about.spoken(value, where, lang) if about is not None else value, lang)
                for value, where in ((change.old, before), (change.new, county))
            )
            rows.append(
                {"table": title, "what": say("changed", lang), "row": named(change.row),
                 "column": held.heading(change.column).say(lang), "old": old, "new": new,
                 "cell": str(change.where)}
            )  # fmt: skip
        for what, ids in (("added", tuple(made.added)), ("removed", made.removed)):
            rows += [
                {"table": title, "what": say(what, lang), "row": named(id, old=what == "removed"),
                 "column": "", "old": "", "new": "", "cell": ""}
                for id in ids
            ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(CHANGES))


def counts(proposal: Proposal, lang: Language = "zh") -> pd.DataFrame:
    """By table: rows added, changed, removed, unchanged, kept; see :data:`COUNTS`."""
    rows = [
        (table(t.table).title.say(lang), len(t.added), t.rows_changed, len(t.removed),
         t.unchanged, len(t.kept))
        for t in proposal.tables
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COUNTS))


def asked(question: Question, lang: Language) -> tuple[str, str]:
    """A question and its choices in words."""
    choices = [
        sentence(c.words, lang) + (f" {c.score:.0f}%" if c.score is not None else "")
        for c in question.choices
    ]
    return sentence(question.words, lang), (" / ").join(choices)


def _finding(found: Finding, kind: str, lang: Language) -> dict[str, Any]:
    fault, repair = worded(found.problem, lang)
    return {**_place(found.where), "kind": kind, "value": found.value, "fault": fault,
            "repair": repair}  # fmt: skip


def _question(question: Question, lang: Language) -> dict[str, Any]:
    text, choices = asked(question, lang)
    where = question.wheres[0] if question.wheres else Where()
    if len(question.wheres) > 1:
        more = len(question.wheres) - 1
        text = say("{text} (and {number} more cells)", lang, text=text, number=more)
    return {**_place(where), "kind": say("question", lang), "value": question.value,
            "fault": text, "repair": choices}  # fmt: skip


def _place(where: Where) -> dict[str, Any]:
    return {"book": where.book, "sheet": where.sheet, "row": where.row, "column": where.letter,
            "heading": where.heading}  # fmt: skip


def _shown(value: Any, lang: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("yes" if value else "no", lang)
    if isinstance(value, list | tuple):
        return ("、" if lang == "zh" else ", ").join(map(str, value))
    return str(value)
