"""Open a site in headless Chromium, from its folder and without a server, and look at what a reader gets.

    python -m tests.extras.site_check [--pictures FOLDER]

Needs Node 20 or newer and Chromium (CHROMIUM says where, if it is in no usual place); the first run fetches axe-core
and playwright-core from the npm registry. The site is that of the worked examples and of sessions with hostile texts.
Ends with 1 when something is wrong.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from facilitator.redaction.profiles import INTERNAL
from facilitator.site.choosing import Audience
from facilitator.site.making import Order, make_site
from facilitator.store.store import Store
from tests.site.site_sessions import TRICKS, final, hostile, id_of

HERE = Path(__file__).parent
SESSIONS = HERE.parents[2] / "sessions"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
GITLAB = "postmortem/01b7z0thm0kpbdkndhnqeqwzk1.html"
CHECKOUT = "postmortem/01m7ht1ar0rxv1wp4pkxzdtjc1.html"
FIRST = 1000
TRICK = "<img src=x onerror=window.acted=1>"
SEARCHES = (
    ("replica snapshot", GITLAB),
    ("replicas", GITLAB),
    ("payment method", CHECKOUT),
    ("postgresql", GITLAB),
    ("xylophone", None),
    (TRICK, f"postmortem/{id_of(FIRST + TRICKS.index(TRICK)).lower()}.html"),
)
MANY = 40


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.extras.site_check", description=main.__doc__)
    parser.add_argument("--pictures", type=Path, help="keep a picture of each page in this folder")
    pictures = parser.parse_args().pictures
    node, npm = shutil.which("node"), shutil.which("npm")
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not node or not npm or not browser:
        sys.stderr.write("Node 20 or newer with npm and Chromium are needed; CHROMIUM may say where that is\n")
        return 1
    if not (HERE / "node_modules" / "axe-core").is_dir():
        environment = {**os.environ, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"}
        install = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel", "error"]
        subprocess.run(install, cwd=HERE, check=True, env=environment)
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = made(Path(folder))
        pages = pages_to_see(site)
        order = {
            "folder": str(site),
            "pages": pages,
            "searches": SEARCHES,
            "pictures": str(pictures.resolve()) if pictures else None,
        }
        ran = subprocess.run(
            [node, "check.mjs", browser], cwd=HERE, input=json.dumps(order), capture_output=True, text=True, check=False
        )
    wrong = [f"{each['where']}: {each['what']}" for each in map(json.loads, ran.stdout.splitlines())]
    sys.stdout.write("\n".join([*wrong, f"{len(pages)} pages, {len(wrong)} problems", ""]))
    sys.stderr.write(ran.stderr)
    return 1 if wrong or ran.returncode else 0


def made(folder: Path) -> Path:
    """Make the site, and return where it is: in a folder whose name must be written in another way in an address."""
    cache = folder / "cache"
    store = Store(folder / "store", cache=cache)
    shutil.copytree(SESSIONS, store.path, ignore=shutil.ignore_patterns(".*"))
    for session in (*hostile(FIRST), *(final(number) for number in range(MANY))):
        store.create(session)
    site = folder / "a share, with #signs"
    make_site(store, site, Order(Audience(INTERNAL)), cache=cache)
    return site


def pages_to_see(site: Path) -> tuple[str, ...]:
    """Return a page of every kind, and the longest and the most hostile ones."""
    hostile_pages = [
        path.relative_to(site).as_posix()
        for path in sorted(site.glob("postmortem/*.html"))
        if "onerror" in path.read_text(encoding="utf-8") or "Very long words" in path.read_text(encoding="utf-8")
    ]
    groups = [next(site.glob(f"{kind}/*.html")).relative_to(site).as_posix() for kind in ("tag", "year", "severity")]
    first = ("index.html", "recurring.html", "actions.html", "search.html?q=replica", GITLAB, CHECKOUT)
    return (*first, "service/checkout.html", *groups, *hostile_pages)


if __name__ == "__main__":
    sys.exit(main())
