"""Scenario = county + rules + order of goals + settings."""

from allocator.scenario.choices import Choice, choices, default_choices
from allocator.scenario.preset import Difference, Preset, difference, preset, presets
from allocator.scenario.published import outdated, with_published
from allocator.scenario.scenario import (
    PARTS,
    VERSION,
    Admission,
    PartName,
    Scenario,
    Settings,
    Staffing,
    with_rule,
)

__all__ = [
    "PARTS",
    "VERSION",
    "Admission",
    "Choice",
    "Difference",
    "PartName",
    "Preset",
    "Scenario",
    "Settings",
    "Staffing",
    "choices",
    "default_choices",
    "difference",
    "outdated",
    "preset",
    "presets",
    "with_published",
    "with_rule",
]
