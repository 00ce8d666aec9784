"""Names of files: what every system allows in one."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
"""What Windows allows in no file name."""
_LONGEST = 80


def file_stem(name: str) -> str:
    """A name as it can stand in a file name on any system."""
    return _FORBIDDEN.sub(" ", name).strip(" .")[:_LONGEST].strip()
