"""Starting the program on a terminal."""

import gc
import os

from facilitator.settings.settings import Problem, Settings, config_path
from facilitator.store.locate import Location
from facilitator.store.store import Store


def run(
    store: Store,
    location: Location,
    settings: Settings,
    problems: tuple[Problem, ...] = (),
    session_id: str | None = None,
    *,
    demo: bool = False,
) -> int:
    """Run the program until it is left; return its exit code.

    Opens the session with the id `session_id` when one is given. A theme that is chosen is kept in the configuration,
    except in a `demo`, which leaves nothing behind.
    """
    # A second frame waits for up to two periods of this rate; at 60 that makes an edit 20 ms slower.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    gc.disable()  # importing makes many objects and no garbage; collecting them costs a tenth of the start
    from facilitator.app.application import FacilitatorApp
    from facilitator.app.driver import make_input_harmless

    gc.freeze()  # what was imported stays
    gc.enable()
    gc.set_threshold(20_000, 20, 50)  # thousands of immutable items are made at once, and stay
    make_input_harmless()
    config = None if demo else config_path(os.environ)
    app = FacilitatorApp(store, location, settings, problems=problems, session_id=session_id, config=config)
    app.run()
    return app.return_code or 0
