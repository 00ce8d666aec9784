"""Questions of an import as a file to fill in, and the answers read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from allocator.county.frozen import DataError, Problem
from allocator.files.intake.findings import sentence
from allocator.files.intake.proposal import Proposal
from allocator.files.reading import read
from allocator.files.text import write_aside
from allocator.modelling import Language

_CELLS = 20
"""Cells listed with a question; the rest is only counted."""


def save_questions(path: Path, proposal: Proposal, lang: Language = "zh") -> None:
    """Write what is open, each with its choices and a place for the answer.

    Answers given before stand in the file too, so that it alone is enough the next time.

    Raises
    ------
    OSError
        If the file cannot be written; an old file is then untouched.
    """
    listed: list[dict[str, Any]] = [
        {
            "key": q.key,
            "question": sentence(q.words, lang),
            "cells": [str(where) for where in q.wheres[:_CELLS]],
            "number": len(q.wheres),
            "choices": [{"code": c.code, "words": sentence(c.words, lang)} for c in q.choices],
            "free": q.free,
            "names": q.names,
            "answer": None,
        }
        for q in proposal.questions
    ]
    listed += [{"key": key, "answer": answer} for key, answer in sorted(proposal.answers.items())]
    data = {"format": "allocator-import-answers", "questions": listed}
    write_aside(path, json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def load_answers(path: Path) -> dict[str, str]:
    """The answers of a file that :func:`save_questions` wrote.

    Raises
    ------
    DataError
        If there is no such file or it holds no answers.
    """
    data, odd = read(path)
    listed = data.get("questions") if isinstance(data, dict) else None
    if odd or not isinstance(listed, list):
        text = "this file holds no answers: fill in the one that --questions writes"
        raise DataError((*odd, Problem(str(path), text)))
    found = {}
    problems = []
    for n, entry in enumerate(listed):
        key = entry.get("key") if isinstance(entry, dict) else None
        answer = entry.get("answer") if isinstance(entry, dict) else None
        if not isinstance(key, str) or not isinstance(answer, str | None):
            text = "a key and an answer as a text are needed here: correct the entry"
            problems.append(Problem(f"questions[{n}]", text))
        elif answer is not None:
            found[key] = answer
    if problems:
        raise DataError(tuple(problems))
    return found
