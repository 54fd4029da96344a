"""The worked examples that come with the program."""

from pathlib import Path

import facilitator
from facilitator.cli.errors import Failure


def examples_path() -> Path:
    """Return the folder of the worked examples: inside the installed package, else beside it in a checkout.

    Raises Failure when there is neither.
    """
    package = Path(facilitator.__file__).resolve().parent
    for folder in (package / "examples", package.parent / "sessions"):
        if any(folder.glob("*.json")):
            return folder
    raise Failure(f"the worked examples are missing from {package}; install facilitator again")
