"""The rules of both parts as records of a scenario file, one for each registered rule."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from allocator.admission.rules import RULES as ADMISSION_RULES
from allocator.scenario.choices import Choice, choices
from allocator.staffing.rules import RULES as STAFFING_RULES

STAFFING_CHOICES = choices(STAFFING_RULES)
ADMISSION_CHOICES = choices(ADMISSION_RULES)

if TYPE_CHECKING:
    StaffingChoice = Choice
    AdmissionChoice = Choice
else:
    StaffingChoice = Annotated[reduce(or_, STAFFING_CHOICES), Field(discriminator="rule")]
    AdmissionChoice = Annotated[reduce(or_, ADMISSION_CHOICES), Field(discriminator="rule")]
