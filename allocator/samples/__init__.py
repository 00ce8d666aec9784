"""Sample counties and scenarios: invented schools and teachers around the plan's figures."""

from allocator.samples.generator import LARGEST, SMALLEST, generate_county
from allocator.samples.published import conghua_scenario, jiading_scenario
from allocator.samples.scenarios import sample_scenario, toy_scenario
from allocator.samples.starter import starter_county, starter_scenario
from allocator.samples.toy import toy_county

__all__ = [
    "LARGEST",
    "SMALLEST",
    "conghua_scenario",
    "generate_county",
    "jiading_scenario",
    "sample_scenario",
    "starter_county",
    "starter_scenario",
    "toy_county",
    "toy_scenario",
]
