"""The catalogue holds every text of the package, and no other."""

from collections.abc import Mapping
from string import Formatter

import pytest

from allocator.county.frozen import Problem
from allocator.words import say, tell
from allocator.words.catalogue import catalogue


def _blanks(text: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name}


def test_every_text_has_its_chinese_words(texts: Mapping[str, list[str]]) -> None:
    missing = {text: where for text, where in texts.items() if text not in catalogue()}
    assert not missing


def test_no_entry_is_left_over(texts: Mapping[str, list[str]]) -> None:
    assert not set(catalogue()) - set(texts)


def test_both_languages_have_the_same_blanks() -> None:
    assert {t for t, words in catalogue().items() if _blanks(t) != _blanks(words)} == set()


def test_a_missing_detail_leaves_its_blank_standing() -> None:
    text = "teacher {id} serves at {home}: correct it"
    assert say(text, "en", id="T1") == "teacher T1 serves at {home}: correct it"
    assert "{home}" in say(text, "zh")


@pytest.mark.parametrize("text", ["{", "}", "{0}", "{a.b[c]}", "{a!z}", "{value:.2%}", "100 %"])
def test_no_text_raises(text: str) -> None:
    assert say(text, "zh", value="word", a=1)


def test_a_text_unknown_to_the_catalogue_stands_for_itself() -> None:
    assert say("no such text", "zh") == "no such text"


def test_a_problem_says_where_who_and_what() -> None:
    problem = Problem(
        "county.teachers[3].stage",
        "campus {campus} has no {stage} section: correct the stage or the campus",
        {"campus": "C1", "stage": "junior", "who": "T04"},
    )
    said = tell(problem, "zh")
    assert said.startswith("county.teachers[3].stage：")
    assert "初中" in said
    assert "T04" in said
