"""LibreOffice, which works every formula of a workbook out again as a spreadsheet program does."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Every formula is worked out when a file is opened, whatever value is stored with it."""


class Office:
    """LibreOffice with a profile of its own, so that it disturbs no one's."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program, self.folder = program, folder
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_RECALCULATE, encoding="utf-8")
        self.asked = 0

    def recalculated(self, content: bytes) -> openpyxl.Workbook:
        """A workbook with the values LibreOffice finds."""
        self.asked += 1
        path = self.folder / f"{self.asked}.xlsx"
        path.write_bytes(content)
        made = self.folder / "out"
        command = [
            self.program, "--headless", f"-env:UserInstallation=file://{self.folder}/profile",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(made), str(path),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return openpyxl.load_workbook(made / path.name, data_only=True)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice; tests that need it are skipped where there is none."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("there is no LibreOffice (soffice) on this machine to work formulas out")
    return Office(program, tmp_path_factory.mktemp("office"))


def saved(book: openpyxl.Workbook) -> bytes:
    """A workbook as it is saved after an edit: no value stands beside a formula any more."""
    held = BytesIO()
    book.save(held)
    return held.getvalue()
