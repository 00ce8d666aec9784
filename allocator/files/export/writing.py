"""Everything a command can write, each by its name: path and what it is made of -> files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from allocator.files.export.folder import Ending, write_tables
from allocator.files.export.geo import geojson
from allocator.files.export.items import whole
from allocator.files.export.result import Result
from allocator.files.outcomes import save_outcome
from allocator.files.text import write_aside
from allocator.insight.released import Form
from allocator.modelling import Language
from allocator.scenario import Scenario


@dataclass(frozen=True)
class Source:
    """What files are made of, and in which form and language."""

    scenario: Scenario
    result: Result | None
    form: Form | None
    ending: Ending = "csv"
    lang: Language = "zh"

    @property
    def solved(self) -> Result:
        """The result; only for what needs one."""
        assert self.result is not None, "an outcome is needed"
        return self.result


def _workbook(path: Path, of: Source) -> list[Path]:
    write_aside(path, whole(of.solved, of.form, of.lang))
    return [path]


def _notices(path: Path, of: Source) -> list[Path]:
    from allocator.files.forms.notices import write_notices

    write_notices(path, of.solved, of.form, of.lang)
    return [path]


def _confirm(path: Path, of: Source) -> list[Path]:
    from allocator.files.forms.confirm import write_confirm

    assert of.form is not None, "a form must be chosen"
    return write_confirm(path, of.scenario, of.form, of.lang)


def _tables(path: Path, of: Source) -> list[Path]:
    return write_tables(path, of.solved, of.form, of.ending, of.lang)


def _geojson(path: Path, of: Source) -> list[Path]:
    made = geojson(of.scenario, of.result)
    write_aside(path, json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")
    return [path]


def _outcome(path: Path, of: Source) -> list[Path]:
    save_outcome(of.solved.outcome, path)
    return [path]


def _data(path: Path, of: Source) -> list[Path]:
    from allocator.files.templates import write_data

    write_data(path, of.scenario, of.lang)
    return [path]


WRITERS: Mapping[str, Callable[[Path, Source], list[Path]]] = {
    "workbook": _workbook,
    "notices": _notices,
    "confirm": _confirm,
    "tables": _tables,
    "geojson": _geojson,
    "outcome": _outcome,
    "data": _data,
}
"""By the name of the option."""
