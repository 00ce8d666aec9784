"""One chart of a folder, named in the address: what the pictures of the report are taken of."""

from __future__ import annotations

import json
import os
from pathlib import Path

import streamlit

name = Path(streamlit.query_params["chart"]).name
spec = json.loads(Path(os.environ["ALLOCATOR_CHARTS"], f"{name}.json").read_text("utf-8"))
streamlit.vega_lite_chart(spec, theme=None, use_container_width=False)
