"""The scenarios to choose from."""

from pathlib import Path

import pytest

from allocator.county.frozen import DataError
from allocator.files import load, text_of
from allocator.scenario import Scenario
from allocator.ui.logic import library


@pytest.mark.usefixtures("home")
def test_the_bundled_scenarios_are_listed_with_their_titles(toy: Scenario) -> None:
    titles = {e.key: e.title for e in library.entries()}
    assert titles["bundled/toy"] == toy.title


@pytest.mark.usefixtures("home")
def test_a_scenario_kept_twice_overwrites_nothing(toy: Scenario) -> None:
    first, second = library.keep(toy, "方案一"), library.keep(toy, "方案一")
    assert first.path != second.path
    assert {first.key, second.key} <= {e.key for e in library.entries()}
    assert load(second.path) == toy


def test_a_name_never_leads_out_of_the_folder(toy: Scenario, home: Path) -> None:
    entry = library.keep(toy, "../../a:b?")
    assert entry.path.parent == home / "scenarios"


@pytest.mark.usefixtures("home")
def test_a_name_of_nothing_is_refused(toy: Scenario) -> None:
    with pytest.raises(DataError):
        library.keep(toy, " .. ")


@pytest.mark.usefixtures("home")
def test_a_file_from_elsewhere_is_checked_and_kept(toy: Scenario) -> None:
    entry = library.bring_in(text_of(toy).encode(), "来自同事.json")
    assert entry.key == "own/来自同事"
    assert load(entry.path) == toy


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"\xff\xfe", b'{"format": "other"}'])
def test_a_file_that_is_no_scenario_is_refused_and_not_kept(content: bytes) -> None:
    before = library.entries()
    with pytest.raises(DataError):
        library.bring_in(content, "bad.json")
    assert library.entries() == before


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("key", [None, "", "own/../../etc/passwd", "own/none"])
def test_an_unknown_key_opens_nothing(key: str | None) -> None:
    assert library.entry_of(key) is None
