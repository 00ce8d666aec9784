"""The small county that file tests vary."""

from pathlib import Path

import pytest

from allocator.files import load
from allocator.scenario import Scenario


@pytest.fixture
def small_path() -> Path:
    """The file of a county of three schools and sixteen teachers."""
    return Path(__file__).parent / "small.json"


@pytest.fixture
def small(small_path: Path) -> Scenario:
    """The same, loaded."""
    return load(small_path)
