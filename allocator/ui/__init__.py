"""Pages in the browser. What they do without drawing stands in ``allocator.ui.logic``."""
