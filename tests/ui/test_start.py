"""The start page as a person uses it: library, trash, new scenarios, runs, the tour."""

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from allocator.files import load, save, text_of
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.ui import session
from allocator.ui.logic import kept_edits, library, runs, trash
from allocator.ui.logic.edits import Edit
from allocator.ui.logic.heads import Head, fingerprint, head, version_of
from allocator.ui.logic.library import Entry
from allocator.ui.logic.states import latest, state_of
from allocator.ui.logic.templates import TEMPLATES, made_from
from allocator.ui.logic.tour import STEPS
from tests.ui.conftest import goto


def _words(page: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "error", "info", "button", "expander")
    texts = [str(e.label if kind in ("button", "expander") else e.value)
             for kind in kinds for e in page.get(kind)]  # fmt: skip
    return "\n".join(texts).replace("\\", "")


@pytest.mark.parametrize(("lang", "own"), [("zh", "我的方案"), ("en", "My scenarios")])
def test_the_library_is_the_first_page(page: AppTest, lang: Language, own: str) -> None:
    page.query_params["lang"] = lang
    page.run()
    assert not page.exception
    words = _words(page)
    assert own in words
    assert "示例县（可手工核对）" in words
    assert ("未求解" if lang == "zh" else "not solved") in words


def test_no_county_is_read_on_the_first_page(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a county was read")

    monkeypatch.setattr(session, "load", refuse)
    page.query_params["scenario"] = "bundled/cixi-2020"
    page.run()
    assert not page.exception
    assert len(page.get("download_button")) == len(library.entries())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_library_says_what_to_do(home: Path, page: AppTest, lang: Language) -> None:
    (home / "scenarios" / "toy.json").unlink()
    page.query_params["lang"] = lang
    page.run()
    assert not page.exception
    said = "还没有自己的方案" if lang == "zh" else "None yet: duplicate one below"
    assert said in _words(page)
    assert ("尚未求解过" if lang == "zh" else "Nothing was solved yet") in _words(page)


def test_a_scenario_is_opened_and_shown_on_the_rules_page(page: AppTest) -> None:
    page.run()
    page.button(key="open-bundled/toy").click().run()
    assert page.query_params["scenario"] == "bundled/toy"
    assert page.title[0].value == "规则"


def test_the_address_brings_edits_and_language_back_after_a_page_change(page: AppTest) -> None:
    goto(page, "rules")
    page.segmented_control(key="lang").set_value("en").run()
    window = page.query_params["draft"]
    page.query_params.clear()
    goto(page, "solve")
    assert page.query_params["draft"] == window
    assert page.query_params["lang"] == "en"


def test_a_scenario_that_is_gone_is_told(page: AppTest) -> None:
    page.query_params["scenario"] = "own/gone"
    page.run()
    assert not page.exception
    assert page.warning
    assert page.query_params["scenario"] == session.FIRST
    assert not page.run().warning


def test_a_scenario_is_duplicated_with_its_unsaved_edits(page: AppTest, home: Path) -> None:
    goto(page, "rules")
    page.segmented_control(key="own/toy/staffing/exchange_rate_floor/firmness/0").set_value(
        "watch"
    ).run()
    goto(page, "start").button(key="copy-own/toy").click().run()
    assert not page.exception
    made = load(home / "scenarios" / "示例县（可手工核对）（副本）.json")
    assert made.staffing is not None
    assert {c.rule: c.firmness for c in made.staffing.rules}["exchange_rate_floor"] == "watch"
    assert "1 处改动未保存" in _words(page)


def test_a_scenario_gets_another_name(page: AppTest, home: Path) -> None:
    page.run()
    page.text_input(key="title-own/toy").set_value("新名字").run()
    page.button(key="rename-own/toy").click().run()
    assert load(home / "scenarios" / "toy.json").title == "新名字"
    assert "新名字" in _words(page)


def test_an_empty_name_is_refused(page: AppTest, home: Path) -> None:
    before = (home / "scenarios" / "toy.json").read_bytes()
    page.run()
    page.text_input(key="title-own/toy").set_value("  ").run()
    page.button(key="rename-own/toy").click().run()
    assert page.error
    assert (home / "scenarios" / "toy.json").read_bytes() == before


def test_a_deleted_scenario_comes_back_whole(page: AppTest, home: Path) -> None:
    path = home / "scenarios" / "toy.json"
    before = path.read_bytes()
    page.run()
    page.button(key="delete-own/toy").click().run()
    assert not page.exception
    assert not path.exists()
    page.run()
    page.button(key="undo-delete").click().run()
    assert path.read_bytes() == before
    assert not trash.deleted()


@pytest.mark.usefixtures("home")
def test_nothing_deleted_is_lost_when_its_name_is_taken_again(toy: Scenario) -> None:
    first = library.keep(toy, "方案")
    gone = trash.delete(first.key)
    library.keep(toy.model_copy(update={"title": "另一个"}), "方案")
    back = trash.take_back(gone.name)
    assert back.path.stem == "方案-2"
    assert back.title == toy.title


@pytest.mark.parametrize("code", [t.code for t in TEMPLATES])
def test_every_template_makes_a_scenario_that_is_saved_and_read_again(
    code: str, tmp_path: Path
) -> None:
    made = made_from(code, "名字")
    save(made, tmp_path / "s.json")
    assert load(tmp_path / "s.json") == made
    assert made.title == "名字"


def test_the_blank_template_holds_no_teacher() -> None:
    made = made_from("admission", "名字")
    assert made.parts == ("admission",)
    assert not made.county.teachers


def test_a_new_scenario_is_made_and_opened(page: AppTest, home: Path) -> None:
    page.run()
    page.text_input(key="new-name-admission").set_value("名额 2026").run()
    page.button(key="create").click().run()
    assert not page.exception
    assert (home / "scenarios" / "名额 2026.json").is_file()
    assert page.query_params["scenario"] == "own/名额 2026"
    assert page.title[0].value == "规则"


@pytest.mark.usefixtures("home")
def test_the_head_of_a_file_is_that_of_the_scenario(toy: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    expected = Head(toy.title, toy.county.name, toy.county.as_of, toy.parts)
    for text in (text_of(toy), text_of(toy).replace("\n", " ")):
        path.write_text(text, "utf-8")
        head.cache_clear()
        assert head(path, version_of(path)) == expected
    path.write_text("[1]", "utf-8")
    assert head(path, version_of(path)) == Head("x")


@pytest.mark.usefixtures("home")
def test_the_head_of_one_part_names_that_part(toy: Scenario) -> None:
    entry = library.keep(toy.model_copy(update={"staffing": None}), "甲")
    assert entry.head.parts == ("admission",)


@pytest.mark.usefixtures("home")
def test_only_name_and_settings_leave_the_fingerprint(toy: Scenario, tmp_path: Path) -> None:
    settings = toy.settings.model_copy(update={"time_limit": 60.0})
    county = toy.county.model_copy(update={"post_pool": 7})
    prints = []
    for n, change in enumerate(
        ({}, {"title": "别名"}, {"settings": settings}, {"county": county}, {"notes": "x"})
    ):
        path = tmp_path / f"{n}.json"
        save(toy.model_copy(update=change), path)
        prints.append(fingerprint(path, version_of(path)))
    assert prints[0] == prints[1] == prints[2]
    assert len(set(prints)) == 3


@pytest.mark.usefixtures("home")
def test_the_state_of_a_scenario_follows_its_last_run(toy: Scenario) -> None:
    entry = library.keep(toy, "甲")
    assert state_of(entry, None, None) == "unsolved"
    run = runs.begin(toy, entry.key, ("admission",), 60)
    assert state_of(entry, run, None) == "running"
    assert run.job.wait(60)
    found = latest(runs.recent())[entry.key]
    assert state_of(entry, found, None) == "current"
    library.rename(entry.key, "乙")
    assert state_of(entry, found, None) == "current"
    save(toy.model_copy(update={"notes": "别的"}), entry.path)
    assert state_of(entry, found, None) == "outdated"
    run.job.folder.result.unlink()
    assert state_of(entry, found, None) == "failed"


@pytest.mark.usefixtures("home")
def test_unsaved_edits_are_counted_without_reading_the_scenario(toy: Scenario) -> None:
    from allocator.ui.logic.draft import Draft

    window = kept_edits.fresh_id()
    draft = Draft("own/toy", toy, toy).with_edit(Edit("title", (), "别名"))
    kept_edits.write_down(window, draft)
    assert kept_edits.counted(window) == {"own/toy": 1}


def test_the_tour_leads_to_a_result_in_four_clicks(
    page: AppTest, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The same tour through the toy county, which is solved in seconds.
    for place in ("allocator.ui.tour", "allocator.ui.logic.tour"):
        monkeypatch.setattr(f"{place}.SCENARIO", "bundled/toy")
    page.run()
    assert [page.button(key=f"tour-{s.code}").disabled for s in STEPS] == [False, True, True, True]
    page.button(key="tour-open").click().run()
    assert page.title[0].value == "规则"
    page.button(key="tour-raise").click().run()
    rate = page.number_input(key="bundled/toy/staffing/exchange_rate_floor/at_least/1")
    assert rate.value == 18
    page.button(key="tour-solve").click().run()
    assert page.title[0].value == "求解"
    until = time.monotonic() + 90
    while page.button(key="tour-look").disabled:
        assert time.monotonic() < until, "the run does not end"
        time.sleep(0.3)
        page.run()
    page.button(key="tour-look").click().run()
    assert not page.exception
    assert page.title[0].value == "教师交流"
    assert page.dataframe
    page.button(key="tour-close").click().run()
    assert "导览" not in _words(page)
    assert "最近的求解" in _words(goto(page, "start"))
    run = runs.recent()[0]
    page.button(key=f"run-{run.job.id}").click().run()
    assert page.title[0].value == "求解"
    assert page.query_params["run"] == run.job.id


def test_a_tour_closed_stays_closed_until_it_is_asked_for(page: AppTest) -> None:
    page.run()
    page.button(key="tour-close").click().run()
    page.run()
    assert "tour-open" not in {b.key for b in page.button}
    page.button(key="tour-begin").click().run()
    assert not page.button(key="tour-open").disabled


def test_a_file_that_vanishes_meanwhile_breaks_nothing(tmp_path: Path) -> None:
    assert Entry("own", tmp_path / "gone.json").title == "gone"
