"""Sample counties: invented schools and teachers around the plan's figures."""

from allocator.samples.generator import LARGEST, SMALLEST, generate_county

__all__ = ["LARGEST", "SMALLEST", "generate_county"]
