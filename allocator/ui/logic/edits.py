"""Edits of a scenario as plain data: what was changed where, in the order it was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from allocator.county.frozen import Frozen
from allocator.records import Change, with_changes
from allocator.scenario import Admission, PartName, Scenario, Settings, Staffing, with_rule

Kind = Literal["rule", "goals", "terms", "preset", "title", "cell", "add", "remove", "batch"]
Place = tuple[str, ...]


@dataclass(frozen=True)
class Edit:
    """One edit.

    ====== ==================== =========================================================
    kind   where                value
    ====== ==================== =========================================================
    rule   part, rule           the choice as in a file: firmness and all parameters
    goals  part                 names of the goals in their new order
    terms  part, field          the new value
    preset part                 name of a preset, None for none
    title                       the new title
    cell   table, row, column   the new value
    add    table, row           the new record
    remove table, row
    batch  a code of its own    what files bring: their names, changes (table, kind, row,
                                column, value) and settings, by field of the scenario
    ====== ==================== =========================================================
    """

    kind: Kind
    where: Place
    value: Any = None

    @property
    def place(self) -> Place:
        """What it speaks of: a later edit of the same place replaces an earlier one."""
        return (self.kind, *self.where)

    def plain(self) -> dict[str, Any]:
        """The edit as it is written down."""
        return {"kind": self.kind, "where": list(self.where), "value": self.value}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Edit:
        """An edit written down earlier."""
        return cls(plain["kind"], tuple(map(str, plain["where"])), plain.get("value"))


def latest(history: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits of a history that still count, in the order in which they were done."""
    kept: dict[Place, Edit] = {}
    for edit in history:
        if edit.kind == "remove":
            _forget_row(kept, edit.where)
        kept.pop(edit.place, None)
        kept[edit.place] = edit
    return tuple(kept.values())


def _forget_row(kept: dict[Place, Edit], row: Place) -> None:
    """Drop what was done to a row that is then removed."""
    for place in [p for p in kept if p[0] in ("cell", "add") and p[1:3] == row]:
        del kept[place]


def applied(scenario: Scenario, edits: Iterable[Edit]) -> Scenario:
    """The scenario with edits, checked as a whole.

    Raises
    ------
    DataError
        If the county with its edits contradicts itself, or an edit speaks of nothing.
    pydantic.ValidationError
        If a value is of the wrong kind or outside its range.
    """
    changes: dict[str, list[Change]] = {}
    made = scenario
    for edit in edits:
        if edit.kind in ("cell", "add", "remove"):
            name, row, *column = edit.where
            changes.setdefault(name, []).append(
                Change(edit.kind, row, column[0] if column else "", edit.value)
            )
        elif edit.kind == "batch":
            for name, kind, row, at, value in edit.value["changes"]:
                changes.setdefault(name, []).append(Change(kind, row, at, value))
            made = with_settings(made, edit.value.get("settings", {}))
        else:
            made = _with_setting(made, edit)
    if not changes:
        return made
    return made.model_copy(update={"county": with_changes(made.county, changes)})


def with_settings(scenario: Scenario, settings: Mapping[str, Any]) -> Scenario:
    """The scenario with fields other than its county given as plain data."""
    kinds: dict[str, type[Frozen]] = {
        "staffing": Staffing,
        "admission": Admission,
        "settings": Settings,
    }
    given = {
        name: kinds[name].model_validate(value) if name in kinds and value is not None else value
        for name, value in settings.items()
    }
    return scenario.model_copy(update=given)


def _with_setting(scenario: Scenario, edit: Edit) -> Scenario:
    if edit.kind == "title":
        return scenario.model_copy(update={"title": str(edit.value)})
    part: PartName = "staffing" if edit.where[0] == "staffing" else "admission"
    if edit.kind == "rule":
        return with_rule(scenario, part, edit.value)
    held = scenario.part(part)
    if held is None:
        return scenario
    data = held.model_dump(mode="json")
    if edit.kind == "goals":
        data["goals"] = edit.value
    elif edit.kind == "terms":
        data["terms"][edit.where[1]] = edit.value
    elif edit.kind == "preset":
        data = {"preset": edit.value, "goals": data["goals"], "terms": data["terms"]}
    return scenario.model_copy(update={part: type(held).model_validate(data)})
