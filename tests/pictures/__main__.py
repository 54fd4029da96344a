"""Write the pictures of the documentation: `python -m tests.pictures [FOLDER]`, by default docs/pictures."""

import asyncio
import sys
from pathlib import Path

from tests.pictures.camera import take
from tests.pictures.scenes import SCENES

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


async def write(folder: Path) -> None:
    """Write every picture into `folder`, which is made when it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for scene in SCENES:
        path = folder / f"{scene.name}.svg"
        path.write_text(await take(scene), encoding="utf-8")
        print(path.name)


if __name__ == "__main__":
    asyncio.run(write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
