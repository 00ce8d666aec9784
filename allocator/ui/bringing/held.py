"""The files a window is bringing in, kept while pages change; never written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from allocator.county.frozen import Problem
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.ui.logic.bringing_in import Bringing, opened, settled_before

KINDS = ("xlsx", "xlsm", "xls", "ods", "csv")
_HELD, _FILES, _REFUSED, _ROUND = (
    "bringing", "bringing-files", "bringing-refused", "bringing-round",
)  # fmt: skip


def target_key(lang: Language) -> str:
    """The key of the choice between the scenario that is open and a new one."""
    return f"bringing-into-{lang}"


def uploader() -> str:
    """The key of the upload field; another one once its files are done with."""
    return f"bringing-upload-{st.session_state.get(_ROUND, 0)}"


def taken(files: Sequence[Any], into: Scenario | None) -> tuple[Bringing | None, list[Problem]]:
    """What is brought in as it stands, and which files were refused."""
    ids = tuple(file.file_id for file in files)
    if st.session_state.get(_FILES) != ids:
        books, refused = opened([(file.name, file.getvalue()) for file in files])
        st.session_state[_FILES], st.session_state[_REFUSED] = ids, list(refused)
        before: Bringing | None = st.session_state.get(_HELD)
        if before is None:
            before = Bringing(into, (), settled_before())
        made = replace(before, into=into, books=books) if books else None
        st.session_state[_HELD] = made
    held: Bringing | None = st.session_state.get(_HELD)
    if held is not None and held.into is not into:
        # Edited meanwhile, or another scenario: what would change is looked up anew.
        held = st.session_state[_HELD] = replace(held, into=into)
    return held, st.session_state[_REFUSED]


def put(made: Bringing) -> None:
    """Go on with another state of what is brought in."""
    st.session_state[_HELD] = made


def held() -> Bringing:
    """What is brought in; for callbacks."""
    made: Bringing = st.session_state[_HELD]
    return made


def done() -> None:
    """Let go of the files."""
    for key in (_HELD, _FILES, _REFUSED):
        st.session_state.pop(key, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def forgotten() -> None:
    """Read the files again without what was settled before."""
    st.session_state.pop(_FILES, None)
    st.session_state.pop(_HELD, None)
