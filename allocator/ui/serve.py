"""Serve the pages, and load what the first one needs while the server and the browser start."""

from __future__ import annotations

import sys
import threading
from importlib import import_module


def main() -> None:
    """Run Streamlit with the arguments of this process."""
    threading.Thread(target=import_module, args=("allocator.ui.pages.start",), daemon=True).start()
    from streamlit.web.cli import main as streamlit

    sys.argv[0] = "streamlit"
    streamlit()


if __name__ == "__main__":
    main()
