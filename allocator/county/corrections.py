"""What schools send back with the eligibility list: corrections of single standings."""

from __future__ import annotations

from typing import Literal

from allocator.county.frozen import Frozen, Identifier
from allocator.county.people import Ground
from allocator.county.service import Standing


class Correction(Frozen):
    """A correction (更正) of one teacher's standing, confirmed by the school."""

    teacher: Identifier
    status: Literal["due", "may", "not_now"]
    ground: Ground | None = None
    """The ground code of an exemption, only with ``not_now``."""
    note: str = ""
    """What was corrected; never a medical or family detail."""
    confirmed_by: str = ""


def corrected(standing: Standing, correction: Correction) -> Standing:
    """The standing as corrected.

    Whoever is due is in the base of the rates. A correction to ``may`` or ``not_now``, with a
    ground or without, takes nobody out of it: who is long enough at the school and young enough
    stays in, so that a school cannot lower what it owes by correcting. Wrong months are corrected
    in the teacher's own record.
    """
    return Standing(
        correction.status,
        "corrected",
        eligible=standing.eligible or correction.status == "due",
        ground=correction.ground,
    )
