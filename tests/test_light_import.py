"""Judging a plan needs no solver, so importing the auditor loads none."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["allocator", "allocator.audit", "allocator.words"])
def test_importing_loads_no_solver(module: str) -> None:
    program = (
        f"import sys, {module}; "
        "print(sorted({'pulp', 'highspy', 'ortools', 'streamlit'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
