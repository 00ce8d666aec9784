"""What the pages do can be used without Streamlit, and only the pages import it."""

import ast
import subprocess
import sys
from pathlib import Path

import allocator

PACKAGE = Path(allocator.__file__).parent


def _imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_only_the_pages_import_streamlit() -> None:
    logic = PACKAGE / "ui" / "logic"
    files = [f for f in PACKAGE.rglob("*.py") if PACKAGE / "ui" not in f.parents]
    files += logic.rglob("*.py")
    assert [f for f in files if "streamlit" in _imports(f)] == []


def test_the_logic_loads_without_streamlit() -> None:
    modules = [f.stem for f in (PACKAGE / "ui" / "logic").glob("*.py") if f.stem != "__init__"]
    lines = [f"import allocator.ui.logic.{name}" for name in sorted(modules)]
    program = "\n".join(["import sys", *lines, "print('streamlit' in sys.modules)"])
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
