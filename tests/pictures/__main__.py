"""Write the pictures of the documentation, by default to docs: `python -m tests.pictures [FOLDER]`."""

import asyncio
import sys
from pathlib import Path

from facilitator.documents.pictures.figures import files
from facilitator.model.session import Session
from facilitator.store.codec import loads
from tests.pictures.camera import take
from tests.pictures.scenes import SCENES

ROOT = Path(__file__).parents[2]


async def write(folder: Path) -> None:
    """Write the screens to `folder`/pictures, and the figures of a worked example to `folder`/figures."""
    drawn = {Path("pictures", f"{scene.name}.svg"): await take(scene) for scene in SCENES}
    drawn |= {Path("figures", name): svg for name, svg in files(example()).items()}
    for name, svg in drawn.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(svg, encoding="utf-8")
        print(name)


def example() -> Session:
    """Return the worked example whose figures are shown."""
    (path,) = (ROOT / "sessions").glob("2017-01-31-gitlab-*.json")
    return loads(path.read_bytes())


if __name__ == "__main__":
    asyncio.run(write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"))
