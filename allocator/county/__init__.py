"""The county as data: places, people, periods, travel, balance. Frozen, checked, no I/O."""
