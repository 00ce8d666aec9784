"""Verdicts in words: a reading of a rule as a planner would say it."""

from __future__ import annotations

from allocator.modelling.readings import Reading
from allocator.modelling.rule import Language, Rule

_SENSE = {
    "zh": {">=": "应不少于", "<=": "应不超过", "==": "应为"},
    "en": {">=": "needs at least", "<=": "needs at most", "==": "needs"},
}
_UNIT = {
    "zh": {
        "people": "人", "places": "个名额", "minutes": "分钟", "periods": "节", "indicators": "项",
    },
    "en": {unit: unit for unit in ("people", "places", "minutes", "periods", "indicators")},
}  # fmt: skip
_ONE = {
    "people": "person", "places": "place", "minutes": "minute", "periods": "period",
    "indicators": "indicator",
}  # fmt: skip


def number(value: float, unit: str, lang: Language) -> str:
    """A figure with its unit."""
    if unit == "share":
        return f"{value * 100:.4g}%"
    if unit == "cv":
        return f"{value:.3f}"
    text = f"{value:.0f}" if float(value).is_integer() else f"{value:.4g}"
    word = _ONE.get(unit, "") if lang == "en" and value == 1 else _UNIT[lang].get(unit, "")
    return f"{text}{word}" if lang == "zh" else f"{text} {word}".rstrip()


def verdict(rule: Rule, reading: Reading, place: str, lang: Language) -> str:
    """What the reading says: place, what is counted, what is needed, what is missing.

    Parameters
    ----------
    place
        The words for ``reading.where``.

    """
    measure = (reading.measure or rule.measure).say(lang)
    actual = number(reading.actual, reading.unit, lang)
    limit = number(reading.limit, reading.unit, lang)
    sense = _SENSE[lang][reading.sense]
    if lang == "zh":
        text = f"{place}：{measure}{actual}，{sense}{limit}"
    else:
        text = f"{place}: {measure} {actual}, {sense} {limit}"
    if reading.kept:
        return text
    gap = number(abs(reading.actual - reading.limit), reading.unit, lang)
    if reading.sense == "<=":
        return text + (f"，超出{gap}" if lang == "zh" else f", exceeded by {gap}")
    return text + (f"，差{gap}" if lang == "zh" else f", missed by {gap}")
