"""Scenarios to start from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from allocator.files import load
from allocator.modelling import Text
from allocator.samples.starter import starter_scenario
from allocator.samples.toy import toy_county
from allocator.scenario import Admission, Scenario, Staffing
from allocator.ui.logic.library import bundled_folder


@dataclass(frozen=True)
class Template:
    """A scenario to start from.

    Attributes
    ----------
    name
        The title the new scenario has until it is given another.
    about
        What is in it and whom it is for.
    """

    code: str
    name: Text
    about: Text
    make: Callable[[], Scenario]


def _admission() -> Scenario:
    return starter_scenario(f"{date.today():%Y-%m}")


def _toy() -> Scenario:
    return Scenario(title="", county=toy_county(), staffing=Staffing(), admission=Admission())


def _cixi() -> Scenario:
    return load(bundled_folder() / "cixi-2020.json")


TEMPLATES: tuple[Template, ...] = (
    Template(
        "admission",
        Text("名额分配（空白）", "Quota places (blank)"),
        Text(
            "三所初中、两所高中，不含教师；名称和人数改成本县域的即可使用。",
            "Three junior highs and two senior highs, no teachers: put in your own names and "
            "figures.",
        ),
        _admission,
    ),
    Template(
        "toy",
        Text("小县示例", "Small example county"),
        Text(
            "七所学校、二十名教师、三所高中，两部分齐全，结果可以手工核对。",
            "Seven schools, twenty teachers, three senior highs, both parts: small enough to "
            "check by hand.",
        ),
        _toy,
    ),
    Template(
        "cixi",
        Text("慈溪示例", "Cixi example"),
        Text(
            "与自带的慈溪示例相同，可以改动并保存。",
            "The bundled Cixi county, to be changed and saved.",
        ),
        _cixi,
    ),
)
"""What is offered, in this order."""


def made_from(code: str, title: str) -> Scenario:
    """A new scenario from a template, under a title."""
    template = next(t for t in TEMPLATES if t.code == code)
    return template.make().model_copy(update={"title": title})
