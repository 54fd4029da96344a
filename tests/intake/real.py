"""Real records, written by others, which are not in this repository: a folder that the environment names."""

import os
from pathlib import Path

FOLDER = Path(os.environ.get("FACILITATOR_REAL_RECORDS") or Path(__file__).with_name("not given"))
"""Tests that read there are skipped where it is not given."""
