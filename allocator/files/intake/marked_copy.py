"""A copy of an uploaded workbook with its bad cells coloured and commented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.files.intake.proposal import Proposal
from allocator.modelling import Language

if TYPE_CHECKING:
    from allocator.files.books import RawBook


def marked_copy(book: RawBook, proposal: Proposal, lang: Language = "zh") -> bytes:
    """The workbook as uploaded (xlsx) with problems red and open questions yellow, each with a
    comment; of another kind of file a new xlsx with the same cells.
    """
    raise NotImplementedError
