"""Several files as one: what a browser takes away with one click."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from allocator.files.export.folder import Ending, write_tables
from allocator.files.export.result import Result
from allocator.insight.released import Form
from allocator.modelling import Language

_WHEN = (2000, 1, 1, 0, 0, 0)
"""The same files make the same archive, whenever it is made."""


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of files by name."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            about = zipfile.ZipInfo(name, _WHEN)
            about.compress_type = zipfile.ZIP_DEFLATED
            # Names in Chinese: every program reads UTF-8 that is marked as such.
            about.flag_bits |= 0x800
            archive.writestr(about, content)
    return held.getvalue()


def tables_zipped(result: Result, form: Form | None, ending: Ending, lang: Language) -> bytes:
    """Every table as a file of its own, in one archive."""
    with tempfile.TemporaryDirectory(prefix="allocator-") as folder:
        written = write_tables(Path(folder), result, form, ending, lang)
        return zipped((path.name, path.read_bytes()) for path in sorted(written))
