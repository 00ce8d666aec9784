"""The whole table explained: method, rules in force, what is held, ties, and what is proven."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.insight import quota_words as words
from allocator.insight.quota_division import Division
from allocator.insight.quota_steps import settled
from allocator.insight.vocabulary import FIRMNESS, word
from allocator.modelling import Language


@dataclass(frozen=True)
class RuleInForce:
    """A rule that shaped the table, with its source."""

    title: str
    sentence: str
    firmness: str
    clause: str


@dataclass(frozen=True)
class Method:
    """How the table was made, in sentences."""

    title: str
    formula: tuple[str, ...]
    """Empty where the method has no multipliers."""
    rules: tuple[RuleInForce, ...]
    held: str
    ties: str
    proof: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """All sentences but the rules'."""
        return tuple(t for t in (self.title, *self.formula, self.held, self.ties, *self.proof) if t)


def method(found: Division, lang: Language = "zh") -> Method:
    """The method of a division and its proof statement."""
    terms, record = found.terms, found.record
    title = words.ROUNDING[terms.rounding].say(lang)
    if terms.rounding in ("biproportional", "divisor"):
        name = words.METHOD[terms.method].say(lang)
        title = f"{title}，{name}" if lang == "zh" else f"{title}, {name}"
    formula: tuple[str, ...] = ()
    if record is not None:
        squared = words.FORMULA_SQUARED if record.power == 2 else words.FORMULA
        signpost = words.SIGNPOST[record.method]
        formula = squared.say(lang), words.ROUNDS.say(lang).format(signpost=signpost)
    return Method(
        title=title,
        formula=formula,
        rules=tuple(
            RuleInForce(
                c.rule.title.say(lang),
                c.rule.asks(lang),
                word(FIRMNESS, c.firmness, lang),
                c.rule.clause.say(lang),
            )
            for c in found.rules
        ),
        held=_held(found, lang),
        ties=_ties(found, lang),
        proof=_proof(found, lang),
    )


def _held(found: Division, lang: Language) -> str:
    if found.record is None:
        return ""
    totals = sum(bool(c.held) for c in found.record.claimants)
    if not totals and not found.held:
        return words.NONE_HELD.say(lang)
    return words.HELD_COUNT.say(lang).format(totals=totals, cells=len(found.held))


def _ties(found: Division, lang: Language) -> str:
    if found.record is None:
        return ""
    if not found.ties:
        return words.NO_TIES.say(lang) if found.proven else ""
    totals = sum(t.senior_high is None for t in found.ties)
    said = words.TIES.say(lang).format(cells=len(found.ties) - totals, totals=totals)
    return said + ("" if lang == "zh" else " ") + settled(found, lang)


def _proof(found: Division, lang: Language) -> tuple[str, ...]:
    if found.record is None and found.terms.rounding != "biproportional":
        proven = words.BY_METHOD
    elif not found.proven:
        proven = words.OPEN
    else:
        proven = words.PROVEN if found.record is not None else words.PROVEN_MILP
    lines = [proven.say(lang)]
    if found.record is not None and found.problems:
        lines.append(words.NOT_REPRODUCED.say(lang).format(n=len(found.problems)))
    elif found.record is not None:
        n, m = len(found.checked), len(found.record.claimants)
        lines.append(words.REPRODUCED.say(lang).format(n=n, m=m))
    return (*lines, words.NOT_PROVEN.say(lang))
