"""Rules, order of goals and terms of several scenarios side by side: only what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from allocator.county.frozen import Frozen
from allocator.insight.registry import REGISTRY, TIERS
from allocator.insight.side_by_side import side
from allocator.insight.vocabulary import DIVISOR, FIRMNESS, KIND, ROUNDING, Words, word
from allocator.modelling import Language, Rule, Text
from allocator.modelling.rule import show
from allocator.scenario import PARTS, Choice, PartName, Scenario, presets

NOTHING = "—"
"""Stands where a scenario says nothing."""

_GOALS = Text("目标次序", "Order of goals")
_PRESET = Text("预设", "Preset")
_SETTINGS: Words = {
    "start": Text("交流开始年月", "First month of the moves"),
    "years": Text("交流年限（年）", "Years of a secondment"),
    "opening_kind": Text("新校首批教师的流动类型", "How the first team of a new school comes"),
    "coverage": Text("课时覆盖的计算依据", "What coverage is counted against"),
    "minutes_per_move": Text(
        "每人次交流折合（分钟）", "What a move costs beside its travel (minutes)"
    ),
    "published": Text("已公布的交流（人）", "Moves published (people)"),
    "base": Text("名额基数", "Base of the entitlement"),
    "column": Text("作为基数的数据列", "Column that is the base"),
    "formula": Text("基数公式", "Formula of the base"),
    "deductions": Text("从基数中减去", "Taken off the base"),
    "private_factor": Text("民办学校毕业生折算", "What a private graduate counts for"),
    "pool_below": Text("合并计算的人数界限", "Stands alone from so many graduates"),
    "rounding": Text("取整方法", "Rounding"),
    "method": Text("除数法", "Divisor method"),
    "ties": Text("相等时的裁定", "What settles a tie"),
    "usable.years": Text("估计使用率采用的年数", "Years that count for the expected use"),
    "usable.enough_cell": Text("一对学校的记录足够的名额数", "Places enough for a pair of schools"),
    "usable.enough_junior_high": Text("初中记录足够的名额数", "Places enough for a junior high"),
    "usable.enough_senior_high": Text("高中记录足够的名额数", "Places enough for a senior high"),
    "sequence.points_below": Text(
        "名额录取最低控制线（低于统招线的分数）", "Points a quota pupil may be below the line"
    ),
}
"""Terms that are no rule, in words."""
_BASE: Words = {
    "registered": Text("三年学籍毕业生", "graduates registered three years"),
    "graduates": Text("全部毕业生", "all graduates"),
    "column": Text("自定数据列", "a column of the bureau's own"),
    "formula": Text("公式", "a formula"),
}
_COVERAGE: Words = {
    "periods": Text("周课时", "weekly periods"),
    "posts": Text("商定岗位", "agreed posts"),
}
_TIES: Words = {
    "protocol": Text("既定规则", "the stated protocol"),
    "lot": Text("抽签记录", "the lot on record"),
}
_CODED: Mapping[str, Words] = {
    "opening_kind": KIND,
    "coverage": _COVERAGE,
    "base": _BASE,
    "rounding": ROUNDING,
    "method": DIVISOR,
    "ties": _TIES,
}


def settings_compared(scenarios: Sequence[Scenario], lang: Language = "zh") -> pd.DataFrame:
    """One row for each rule, order of goals or term that is not the same in all scenarios.

    ``part``, ``title``, then one column a scenario with its words. A rule that is off everywhere
    does not differ, whatever its parameters.
    """
    rows = [
        {"part": part, "title": title, **{side(n): text for n, text in enumerate(texts)}}
        for part in PARTS
        for title, texts in _lines(scenarios, part, lang)
        if len(set(texts)) > 1
    ]
    columns = ["part", "title", *(side(n) for n in range(len(scenarios)))]
    return pd.DataFrame(rows, columns=columns)


def _lines(
    scenarios: Sequence[Scenario], part: PartName, lang: Language
) -> Iterator[tuple[str, list[str]]]:
    """Everything a part can say, each with the words of every scenario."""
    held = [s.part(part) for s in scenarios]
    if all(p is None for p in held):
        return
    for rule in REGISTRY[part]:
        yield rule.title.say(lang), rule_compared(scenarios, part, rule, lang)
    yield _GOALS.say(lang), [_order(part, p.goals, lang) if p else NOTHING for p in held]
    yield _PRESET.say(lang), [preset_title(getattr(p, "preset", None), lang) for p in held]
    yield from _terms([None if p is None else p.terms for p in held], "", lang)


def preset_title(name: str | None, lang: Language) -> str:
    """A preset in words."""
    if not name:
        return NOTHING
    return next((p.title.say(lang) for p in presets() if p.name == name), name)


def _terms(
    held: Sequence[Frozen | None], path: str, lang: Language
) -> Iterator[tuple[str, list[str]]]:
    """Every term with the words of each scenario; a group of terms is told one by one."""
    known = next(t for t in held if t is not None)
    for name in type(known).model_fields:
        if isinstance(getattr(known, name), Frozen):
            inner = [None if t is None else getattr(t, name) for t in held]
            yield from _terms(inner, f"{path}{name}.", lang)
        else:
            said = [NOTHING if t is None else _term(t, name, lang) for t in held]
            yield word(_SETTINGS, path + name, lang), said


def rule_compared(
    scenarios: Sequence[Scenario], part: PartName, rule: type[Rule], lang: Language
) -> list[str]:
    """A rule in each scenario: where all use it, only the parameters that differ are told."""
    chosen = [_choice(s, part, rule) for s in scenarios]
    used = [c.parameters for c in chosen if c is not None]
    differ = [p for p in rule.parameters() if len({str(getattr(r, p.name)) for r in used}) > 1]
    texts = []
    for scenario, choice in zip(scenarios, chosen, strict=True):
        if scenario.part(part) is None:
            texts.append(NOTHING)
        elif choice is None:
            texts.append(word(FIRMNESS, "off", lang))
        elif len(used) < len(chosen):
            firmness = word(FIRMNESS, choice.firmness, lang)
            texts.append(f"{firmness} · {choice.parameters.asks(lang)}")
        else:
            told = (
                f"{p.title.say(lang)} {show(getattr(choice.parameters, p.name), p, lang)}"
                for p in differ
            )
            texts.append(" · ".join([word(FIRMNESS, choice.firmness, lang), *told]))
    return texts


def _choice(scenario: Scenario, part: PartName, rule: type[Rule]) -> Choice | None:
    """A rule as a scenario uses it, None where it is off."""
    held = scenario.part(part)
    listed: Sequence[Choice] = held.rules if held is not None else ()
    return next((c for c in listed if c.rule == rule.name and c.firmness != "off"), None)


def _order(part: PartName, goals: Sequence[str], lang: Language) -> str:
    titles = (TIERS[part][g].title.say(lang) if g in TIERS[part] else g for g in goals)
    return " → ".join(titles)


def _term(terms: Frozen, name: str, lang: Language) -> str:
    value: Any = getattr(terms, name)
    if value is None or value == ():
        return NOTHING
    if name == "published":
        return str(len(value))
    if isinstance(value, tuple):
        joint = "、" if lang == "zh" else ", "
        return joint.join(" × ".join(str(v) for v in dict(entry).values()) for entry in value)
    return word(_CODED.get(name, {}), value, lang)


def term_title(path: str) -> Text:
    """A term in words, by its way inside the terms, such as ``usable.years``."""
    return _SETTINGS.get(path, Text(path, path))


def term_words(path: str) -> Words:
    """The words for the codes of a term; empty where it has none."""
    return _CODED.get(path, {})
