"""Controls generated from rules: what kind, which range, and the way from value to widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from allocator.county.frozen import Problem
from allocator.insight.names import bracketed
from allocator.modelling import Language, Parameter, Rule, Text
from allocator.words import say

Kind = Literal["percent", "decimal", "whole", "choice", "choices", "flag", "text"]

_UNITS: Mapping[str, Text] = {
    "share": Text("%", "%"),
    "people": Text("人", "people"),
    "per_100": Text("人", "people"),
    "minutes": Text("分钟", "minutes"),
    "years": Text("年", "years"),
    "places": Text("名额", "places"),
    "periods": Text("节", "periods"),
    "indicators": Text("项", "indicators"),
}
"""The unit beside a control; a coefficient or a choice has none."""
_STEPS: Mapping[str, float] = {"percent": 1.0, "decimal": 0.01, "whole": 1}


@dataclass(frozen=True)
class Control:
    """The control of one parameter."""

    about: Parameter
    kind: Kind
    least: Decimal | None = None
    """Least value, in the unit stored; None for none."""
    most: Decimal | None = None
    above: bool = False
    """Whether the least value itself is out of range."""
    below: bool = False
    """Whether the largest value itself is out of range."""
    fewest: int = 0
    """How many of several choices are needed."""
    optional: bool = False
    """Whether it may be left empty."""

    @property
    def name(self) -> str:
        """Name of the parameter."""
        return self.about.name

    @property
    def numeric(self) -> bool:
        """Whether a number is typed in."""
        return self.kind in _STEPS

    @property
    def step(self) -> float:
        """What one click on plus adds."""
        return int(_STEPS[self.kind]) if self.kind == "whole" else _STEPS[self.kind]

    @property
    def options(self) -> tuple[Any, ...]:
        """The values to choose from."""
        return tuple(value for value, _ in self.about.choices)

    def word(self, option: Any, lang: Language) -> str:
        """A choice in words."""
        return next((t.say(lang) for v, t in self.about.choices if v == option), str(option))

    def label(self, lang: Language) -> str:
        """Title with unit and range."""
        unit = _UNITS[self.about.unit].say(lang) if self.about.unit in _UNITS else ""
        # Everyone knows the range of a percentage.
        remarks = [r for r in (unit, "" if self.kind == "percent" else self._range()) if r]
        title = self.about.title.say(lang)
        if not remarks:
            return title
        if lang == "zh" and title.endswith("）"):
            return f"{title[:-1]}，{'，'.join(remarks)}）"
        return bracketed(title, ("，" if lang == "zh" else ", ").join(remarks), lang)

    def _range(self) -> str:
        low, high = self._seen(self.least), self._seen(self.most)
        if low and high:
            # Joined, so that no line ends within a range.
            return f"{low}\u2060–\u2060{high}"
        if low:
            return f"{'>' if self.above else '≥'} {low}"
        return f"{'<' if self.below else '≤'} {high}" if high else ""

    def _seen(self, value: Decimal | None) -> str:
        return "" if value is None else f"{self.shown(value):g}"

    def shown(self, value: Any) -> Any:
        """A stored value as its widget takes it: a share in per cent, several choices as a list."""
        if value is None:
            return None
        if self.kind == "percent":
            return float(Decimal(str(value)) * 100)
        if self.kind == "decimal":
            return float(value)
        if self.kind == "whole":
            return int(value)
        return list(value) if self.kind == "choices" else value

    def meant(self, raw: Any) -> Any:
        """What a widget gives as the value stored: exact decimals, choices in their own order."""
        if raw is None:
            return None
        if self.kind == "percent":
            return Decimal(str(raw)) / 100
        if self.kind == "decimal":
            return Decimal(str(raw))
        if self.kind == "choices":
            return tuple(option for option in self.options if option in raw)
        return raw

    def wrong(self, raw: Any, lang: Language) -> Problem | None:
        """Why a value of the widget is impossible, None if it is fine."""
        if raw is None:
            return None if self.optional else Problem("", "a value is needed: enter one")
        if self.kind == "choices" and len(raw) < self.fewest:
            return Problem("", "too few are chosen: at least {number}", {"number": self.fewest})
        return self._out_of_range(raw, lang) if self.numeric else None

    def _out_of_range(self, raw: Any, lang: Language) -> Problem | None:
        value = self.meant(raw)
        sign = "%" if self.kind == "percent" else ""
        told = {
            "given": f"{raw:g}{sign}",
            "ge": self._seen(self.least) + sign,
            "gt": self._seen(self.least) + sign,
            "le": self._seen(self.most) + sign,
            "lt": self._seen(self.most) + sign,
        }
        if self.least is not None and (value <= self.least if self.above else value < self.least):
            if self.above:
                return Problem("", "{given} is too small: more than {gt}", told)
            return Problem("", "{given} is too small: at least {ge}", told)
        if self.most is not None and (value >= self.most if self.below else value > self.most):
            if self.below:
                return Problem("", "{given} is too large: less than {lt}", told)
            return Problem("", "{given} is too large: at most {le}", told)
        return None


def controls(rule: type[Rule]) -> tuple[Control, ...]:
    """The controls of a rule, in the order of its parameters."""
    return tuple(control(about, rule.model_fields[about.name]) for about in rule.parameters())


def control(about: Parameter, field: FieldInfo) -> Control:
    """The control of one parameter, from its type and the limits of its field."""
    bare, optional, metadata = _unwrapped(field.annotation)
    limits = _limits([*field.metadata, *metadata])
    return Control(
        about=about,
        kind=_kind(bare, about),
        least=limits.get("ge", limits.get("gt")),
        most=limits.get("le", limits.get("lt")),
        above="gt" in limits,
        below="lt" in limits,
        fewest=int(limits.get("min_length", 0)),
        optional=optional,
    )


def _limits(metadata: Sequence[Any]) -> Mapping[str, Decimal]:
    """The limits among a field's metadata, as exact numbers."""
    names = ("ge", "gt", "le", "lt", "min_length")
    found = {n: getattr(m, n, None) for m in metadata for n in names if hasattr(m, n)}
    return {name: Decimal(str(limit)) for name, limit in found.items() if limit is not None}


def _unwrapped(annotation: Any) -> tuple[Any, bool, list[Any]]:
    """A type without ``None`` and notes, whether ``None`` is allowed, and the notes."""
    if get_origin(annotation) is Annotated:
        inner, *notes = get_args(annotation)
        bare, optional, more = _unwrapped(inner)
        flat = [m for n in notes for m in (n.metadata if isinstance(n, FieldInfo) else [n])]
        return bare, optional, [*flat, *more]
    if get_origin(annotation) in (Union, UnionType):
        inner = [a for a in get_args(annotation) if a is not type(None)]
        if len(inner) == 1:
            bare, _, notes = _unwrapped(inner[0])
            return bare, True, notes
    return annotation, False, []


def _kind(annotation: Any, about: Parameter) -> Kind:
    if get_origin(annotation) is tuple and about.choices:
        return "choices"
    if about.choices:
        return "choice"
    if annotation is bool:
        return "flag"
    if annotation is int:
        return "whole"
    if annotation is str:
        return "text"
    if annotation in (Decimal, float):
        return "percent" if about.unit == "share" else "decimal"
    raise TypeError(f"no control is known for parameter {about.name} of type {annotation}")


def told(problem: Problem, lang: Language) -> str:
    """A problem of a control in words."""
    return say(problem.text, lang, **dict(problem.details))
