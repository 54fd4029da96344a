"""What is asked of a run."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """Where to work, in a folder that is there and goes afterwards, and how much."""

    folder: Path
    kills: int = 1_000
    edits: int = 10_000
