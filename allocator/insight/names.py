"""Words for places and people: what a reading's ``where`` and a table's codes stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from allocator.county.indicators import NAMES as INDICATOR_NAMES
from allocator.county.people import Teacher
from allocator.insight.vocabulary import DIRECTION, POST_GRADE, SIDE, STAGE, SUPPLY
from allocator.modelling import Language, Text
from allocator.scenario import Scenario
from allocator.staffing.rules.famous_floor import FamousTeacherFloor

TOTAL = Text("合计", "Total")


def place_name(scenario: Scenario, where: str, lang: Language = "zh") -> str:
    """The words for a reading's ``where``: a school, a section, a direction, an indicator, ...

    An unknown key is its own name, so that a reading is never lost.
    """
    return namer(scenario, lang)(where)


def namer(scenario: Scenario, lang: Language = "zh") -> Callable[[str], str]:
    """:func:`place_name` for many keys: looks the county up once."""
    known = dict(_known(scenario, lang))
    county = scenario.county

    def name(where: str) -> str:
        if where in known:
            return known[where]
        if where in county.teacher:
            return person(county.teacher[where], lang)
        if "+" in where and "@" not in where:
            return ("、" if lang == "zh" else ", ").join(name(part) for part in where.split("+"))
        for mark in ("@", ":", "/"):
            first, found, second = where.partition(mark)
            if found and second:
                side = SIDE[second].say(lang) if second in SIDE else name(second)
                return bracketed(name(first), side, lang)
        first, found, second = where.partition(".")
        if found and first in INDICATOR_NAMES and second in STAGE:
            return f"{STAGE[second].say(lang)} {first}"
        return where

    return name


def bracketed(text: str, remark: str, lang: Language) -> str:
    """A text with a remark in the brackets of the language."""
    return f"{text}（{remark}）" if lang == "zh" else f"{text} ({remark})"


def _known(scenario: Scenario, lang: Language) -> Iterator[tuple[str, str]]:
    """Ids and names, the kinds that rules speak of most last, as they win where an id repeats."""
    county = scenario.county
    yield from ((direction, text.say(lang)) for direction, text in DIRECTION.items())
    yield from subject_names(scenario, lang).items()
    yield from ((str(code), text.say(lang)) for code, text in STAGE.items())
    for kind in (county.groups, county.townships, county.zones, county.senior_highs):
        yield from ((entry.id, entry.name) for entry in kind)
    yield from ((pool.id, pool.name) for pool in county.quota_pools)
    gap = " " if lang == "en" else ""
    for subject, title in subject_names(scenario, lang).items():
        yield from (
            (f"{s}.{subject}", f"{word.say(lang)}{gap}{title}") for s, word in STAGE.items()
        )
    yield from ((f"grade.{code}", text.say(lang)) for code, text in POST_GRADE.items())
    names = subject_names(scenario, lang)
    for offer in county.supply:
        taught = f"{STAGE[offer.stage].say(lang)}{gap}{names[offer.subject]}"
        yield offer.id, bracketed(taught, SUPPLY[offer.kind].say(lang), lang)
    for place in county.places.values():
        yield place.campus.id, place.name
        yield place.id, bracketed(place.name, STAGE[place.stage].say(lang), lang)
    yield from ((pool.id, pool.name) for pool in county.quota_pools)
    yield from ((school.id, school.name) for school in county.schools)
    yield "county", county.name


def person(teacher: Teacher, lang: Language) -> str:
    """A teacher's name with the number that tells two of the same name apart."""
    return bracketed(teacher.name, teacher.id, lang)


def subject_names(scenario: Scenario, lang: Language) -> Mapping[str, str]:
    """Subject id -> name."""
    return {s.id: s.name if lang == "zh" else s.name_en for s in scenario.county.subject.values()}


def honour_names(lang: Language) -> Mapping[str, str]:
    """Honour code -> title, in the words of the rule that asks for them."""
    levels = next(p for p in FamousTeacherFloor.parameters() if p.name == "lowest_level")
    return {str(code): text.say(lang) for code, text in levels.choices}


def senior_high_names(scenario: Scenario) -> Mapping[str, str]:
    """Column of the quota matrix -> name of the senior high, with its code if names repeat."""
    listed = [s.name for s in scenario.county.senior_highs]
    return {
        f"places:{s.id}": s.name if listed.count(s.name) == 1 else f"{s.name} {s.id}"
        for s in scenario.county.senior_highs
    }
