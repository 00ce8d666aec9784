"""The page for publication: complete, byte for byte the same, and safe to open."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import pytest

from allocator.county.frozen import DataError
from allocator.files.publication import publication, write_publication
from allocator.scenario import Scenario

sys.path.insert(0, str(Path(__file__).parents[2]))
cases = import_module("tests.insight.quota_cases")

HOSTILE = '<script>alert("x")</script>&"\'</td>'
VOID = {"meta", "input", "br", "link"}


class Page(HTMLParser):
    """The tags of a page, its text by language, and whether every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: dict[str, str] = {"zh": "", "en": ""}
        self.lang = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "main":
            self.lang = dict(attrs)["lang"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        if tag == "main":
            self.lang = ""

    def handle_data(self, data):
        if self.lang:
            self.text[self.lang] += data


@pytest.fixture(scope="module")
def made() -> Scenario:
    return cases.lifted()


@pytest.fixture(scope="module")
def outcome(made):
    return cases.solved(made)


@pytest.fixture(scope="module")
def page(made, outcome) -> Page:
    return Page(publication(made, outcome))


def test_the_page_is_well_formed_and_stands_alone(page) -> None:
    assert page.open == []
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "base"}
    attributes = [(n, v) for _, attrs in page.tags for n, v in attrs.items()]
    assert all(v.startswith("#") for n, v in attributes if n in ("href", "src"))
    assert not [n for n, _ in attributes if n.startswith("on")]


def test_nothing_is_fetched_from_elsewhere(made, outcome) -> None:
    text = publication(made, outcome)
    assert "http" not in text.replace("http-equiv", "")
    assert "url(" not in text
    assert "@import" not in text


def test_both_languages_tell_the_table_the_steps_and_the_proof(page) -> None:
    for lang, words in {
        "zh": ("按比例应得", "由下限决定", "每校最低名额", "已证明", "不属于证明内容", "2020-06"),
        "en": (
            "Proportional share",
            "decided by a floor",
            "Practice of other counties",
            "Proven:",
            "No part of the proof",
            "2020-06",
        ),
    }.items():
        for word in words:
            assert word in page.text[lang], (lang, word)
    # 9.6 and 0.4 places, of which 9 and 1 were given.
    assert re.search(r"示例X初中\s*9\s*9\s*9\.60\s*−0\.60", page.text["zh"])
    assert re.search(r"示例Y初中\s*1\s*1\s*0\.40\s*\+0\.60", page.text["en"])


def test_every_link_leads_to_a_place_of_the_page(page) -> None:
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    links = [str(attrs["href"]) for tag, attrs in page.tags if tag == "a"]
    assert links
    assert {link.removeprefix("#") for link in links} <= ids


def test_one_language_alone_needs_no_switch(made, outcome) -> None:
    page = Page(publication(made, outcome, "en"))
    assert [a["lang"] for t, a in page.tags if t == "main"] == ["en"]
    assert not [t for t, _ in page.tags if t == "input"]


def test_hostile_names_stay_text(outcome) -> None:
    made = cases.lifted(X=HOSTILE)
    text = publication(made, cases.solved(made))
    page = Page(text)
    assert "<script" not in text
    assert "script" not in {tag for tag, _ in page.tags}
    assert page.text["zh"].count(HOSTILE) >= 2


def test_the_same_outcome_gives_the_same_bytes(made, outcome, tmp_path) -> None:
    for name in ("a.html", "b.html"):
        write_publication(tmp_path / name, cases.lifted(), cases.solved(cases.lifted()))
    first = (tmp_path / "a.html").read_bytes()
    assert first == (tmp_path / "b.html").read_bytes()
    assert first.decode() == publication(made, outcome)


def test_notes_and_names_of_persons_are_left_out(made) -> None:
    made = made.model_copy(update={"notes": "张三的电话", "title": "张三的方案"})
    assert "张三" not in publication(made, cases.solved(made))


def test_ties_are_listed_with_what_else_could_be() -> None:
    page = Page(publication(cases.tied(), cases.solved(cases.tied())))
    assert "在同样好的另一张表" in page.text["zh"] or "同样好的另一张表" in page.text["zh"]
    assert "Ties go by protocol" in page.text["en"]


def problems(made, outcome) -> str:
    with pytest.raises(DataError) as refused:
        publication(made, outcome)
    return str(refused.value)


def test_a_table_made_from_other_settings_is_refused(made, outcome) -> None:
    other = made.model_copy(update={"title": "另一个"})
    assert "another state of the scenario" in problems(other, outcome)


def test_a_table_whose_multipliers_do_not_fit_is_refused(made, outcome) -> None:
    part = outcome.parts[0]
    cells = tuple(
        q.model_copy(update={"places": q.places + (1 if q.junior_high == "Y" else -1)})
        for q in part.plan.quotas
    )
    changed = part.model_copy(update={"plan": part.plan.model_copy(update={"quotas": cells})})
    text = problems(made, outcome.model_copy(update={"parts": (changed,)}))
    assert "do not give" in text


def test_an_outcome_without_a_table_is_refused(made, outcome) -> None:
    assert "holds no quota table" in problems(made, outcome.model_copy(update={"parts": ()}))
