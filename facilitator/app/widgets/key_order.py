"""Taking keys in the order of typing."""

from textual import events
from textual.widget import Widget

JOINERS = frozenset("\u200c\u200d")
"""Characters that join others and have no width of their own: in emoji, and in Persian and Indic scripts.

They count as not printable, yet they are text that is typed.
"""


async def take(widget: Widget, event: events.Key) -> None:
    """Do what a key that is no character does, before the next key is taken.

    Left alone, such a key travels up to the app before its binding is looked for, and whatever is typed behind it
    overtakes it.
    """
    event.stop()
    event.prevent_default()
    active = widget.screen.active_bindings.get(event.key)
    if active is not None and active.enabled:
        await widget.app.run_action(active.binding.action, active.node)
