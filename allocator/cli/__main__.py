"""``python -m allocator.cli``."""

import sys

from allocator.cli.entry import main

sys.exit(main())
