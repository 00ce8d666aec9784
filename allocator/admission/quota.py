"""The claims of a scenario by another name, for rooms that ask for them here."""

from __future__ import annotations

from allocator.admission.entitlement import entitle as entitled

__all__ = ["entitled"]
