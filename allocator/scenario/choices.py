"""A rule as a scenario file states it: its name, its firmness, its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from pydantic import ConfigDict, create_model

from allocator.county.frozen import Frozen
from allocator.modelling import Configured, Firmness, Rule


class Choice(Frozen):
    """A rule chosen by a planner. Subclasses, one for each rule, are made by :func:`choices`."""

    # Docstrings of fields are looked for in the source of every caller above: a second at start.
    model_config = ConfigDict(use_attribute_docstrings=False)

    rule: str
    firmness: Firmness
    parameters: Rule

    @property
    def configured(self) -> Configured:
        """The rule with its firmness, as the engine takes it."""
        return Configured(self.parameters, self.firmness)


def choices(rules: Iterable[type[Rule]]) -> tuple[type[Choice], ...]:
    """One closed record for each rule, so that files, schema and checks follow from the rule."""
    return tuple(_choice(rule) for rule in rules)


def _choice(rule: type[Rule]) -> type[Choice]:
    fields: dict[str, Any] = {
        "rule": (Literal[rule.name], rule.name),
        "firmness": (Literal[rule.firmness_allowed], rule.default_firmness),
        "parameters": (rule, rule()),
    }
    return create_model(f"{rule.__name__}Choice", __base__=Choice, __doc__=rule.__doc__, **fields)


def default_choices(made: Sequence[type[Choice]]) -> tuple[Choice, ...]:
    """Every rule at its default firmness and parameters."""
    return tuple(choice() for choice in made)  # type: ignore[call-arg]
