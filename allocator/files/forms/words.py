"""Words that stand on lists to confirm and are known again when they come back."""

from __future__ import annotations

from allocator.modelling import Text

HOW = Text("填写说明", "How to fill in")
SEAL = Text("学校盖章", "Seal of the school")
END = frozenset({*HOW, *SEAL})
"""What stands in the first column where the lines end."""
