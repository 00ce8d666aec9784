"""From rule to control, and from value to widget and back."""

from decimal import Decimal
from typing import Annotated, ClassVar

import pytest
from pydantic import Field

from allocator.county.frozen import Exact, Share
from allocator.insight.registry import REGISTRY
from allocator.modelling import Firmness, Rule, Text, parameter
from allocator.ui.logic.controls import Control, controls, told

_ANY = Text("任意", "any")


class EveryKindFloor(Rule):
    """One parameter of every kind."""

    title: ClassVar[Text] = _ANY
    sentence: ClassVar[Text] = _ANY
    measure: ClassVar[Text] = _ANY
    clause: ClassVar[Text] = _ANY
    formula: ClassVar[str] = ""
    default_firmness: ClassVar[Firmness] = "should"
    tier: ClassVar[str] = ""

    share: Share = parameter(Decimal("0.17"), "比例", "share", "share")
    cap: Annotated[Exact, Field(gt=0, lt=3)] = parameter(Decimal("0.30"), "上限", "cap", "cv")
    people: Annotated[int, Field(ge=0, le=100)] = parameter(10, "人数", "people", "people")
    letter: str = parameter("a", "字母", "letter", "choice", choices=(("a", _ANY), ("b", _ANY)))
    letters: tuple[str, ...] = parameter(
        ("a",), "字母", "letters", "choice", choices=(("a", _ANY), ("b", _ANY)), min_length=1
    )
    flag: bool = parameter(True, "开关", "flag", "")
    spare: Annotated[int, Field(ge=1)] | None = parameter(None, "可空", "spare", "years")


BY_NAME = {c.name: c for c in controls(EveryKindFloor)}


def test_the_kind_follows_from_the_type() -> None:
    kinds = [c.kind for c in controls(EveryKindFloor)]
    assert kinds == ["percent", "decimal", "whole", "choice", "choices", "flag", "whole"]


def test_only_what_may_be_empty_is_optional() -> None:
    assert [c.name for c in controls(EveryKindFloor) if c.optional] == ["spare"]


@pytest.mark.parametrize("typed", [17, 17.0, 17.3, 0.1, 29, 57, 99.99])
def test_a_percentage_is_stored_as_an_exact_decimal(typed: float) -> None:
    stored = BY_NAME["share"].meant(typed)
    assert stored == Decimal(str(typed)) / 100
    assert BY_NAME["share"].shown(stored) == typed


def test_choices_keep_the_order_of_the_rule() -> None:
    assert BY_NAME["letters"].meant(["b", "a"]) == ("a", "b")


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("share", 150, "150% 太大：不得大于 100%"),
        ("share", -1, "-1% 太小：不得小于 0%"),
        ("cap", 0, "0 太小：须大于 0"),
        ("cap", 3, "3 太大：须小于 3"),
        ("people", 101, "101 太大：不得大于 100"),
        ("letters", [], "选得太少：至少选 1 项"),
        ("people", None, "此处必须填写：请填一个值"),
    ],
)
def test_an_impossible_value_is_said(name: str, raw: object, said: str) -> None:
    problem = BY_NAME[name].wrong(raw, "zh")
    assert problem is not None
    assert told(problem, "zh") == said


@pytest.mark.parametrize(
    ("name", "raw"),
    [("share", 0), ("share", 100), ("cap", 0.01), ("people", 100), ("letters", ["b"]),
     ("spare", None), ("letter", "b"), ("flag", False)],
)  # fmt: skip
def test_a_possible_value_is_not_objected_to(name: str, raw: object) -> None:
    assert BY_NAME[name].wrong(raw, "zh") is None


def test_the_label_says_unit_and_range() -> None:
    assert BY_NAME["people"].label("zh") == "人数（人，0\u2060–\u2060100）"
    assert BY_NAME["share"].label("en") == "share (%)"


EVERY = [(rule, c) for rules in REGISTRY.values() for rule in rules for c in controls(rule)]


@pytest.mark.parametrize(
    ("rule", "control"), EVERY, ids=[f"{rule.name}.{c.name}" for rule, c in EVERY]
)
def test_every_registered_parameter_survives_its_control(
    rule: type[Rule], control: Control
) -> None:
    default = getattr(rule(), control.name)
    seen = control.shown(default)
    assert control.wrong(seen, "zh") is None
    assert rule(**{control.name: control.meant(seen)}) == rule()
