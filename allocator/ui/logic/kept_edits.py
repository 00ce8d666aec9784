"""Edits written down as they are made, so that a reload or a restart loses none."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from allocator.files.text import write_aside
from allocator.jobs.folder import own_only
from allocator.ui.logic.draft import Draft, is_cell
from allocator.ui.logic.edits import Edit
from allocator.ui.logic.workspace import drafts_folder

_REFUSED = "#refused"
"""Beside the edits of a scenario: cells typed in that cannot be used yet."""
_ID = re.compile(r"[0-9a-f]{12}")


def fresh_id() -> str:
    """A name for the edits of one browser window."""
    return secrets.token_hex(6)


def is_id(name: str | None) -> bool:
    """Whether a name from an address is one of ours."""
    return name is not None and _ID.fullmatch(name) is not None


def write_down(name: str, draft: Draft) -> None:
    """Write down what differs from the file, beside the edits of the window's other scenarios."""
    refused = [
        Edit("cell", where, wrong.raw).plain()
        for where, wrong in draft.wrong.items()
        if is_cell(where)
    ]
    kept = {
        **_read(name),
        draft.key: [edit.plain() for edit in draft.history],
        draft.key + _REFUSED: refused,
    }
    kept = {key: edits for key, edits in kept.items() if edits}
    # A full disk must not take the edit away that stands on the page.
    with suppress(OSError):
        if kept:
            own_only(drafts_folder())
            write_aside(_path(name), json.dumps(kept, ensure_ascii=False))
        else:
            _path(name).unlink(missing_ok=True)


def take_up(name: str, draft: Draft) -> Draft:
    """The draft with the edits written down for it, if there are any."""
    kept = _read(name)
    made = draft.with_edits(list(_edits(kept.get(draft.key))))
    for edit in _edits(kept.get(draft.key + _REFUSED)):
        with suppress(KeyError, TypeError):
            made = made.with_edit(edit)
    return made


def counted(name: str) -> dict[str, int]:
    """How many edits are written down for a window, by scenario."""
    kept = {key: len(list(_edits(edits))) for key, edits in _read(name).items()}
    return {key: number for key, number in kept.items() if number}


def _edits(plain: Any) -> Iterator[Edit]:
    """The edits of a file, those left out that are no edits."""
    for one in plain if isinstance(plain, list) else ():
        with suppress(KeyError, TypeError):
            yield Edit.of(one)


def _path(name: str) -> Path:
    return drafts_folder() / f"{name}.json"


def _read(name: str) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        found = json.loads(_path(name).read_text("utf-8"))
        return found if isinstance(found, dict) else {}
    return {}
