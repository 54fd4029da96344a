"""The program's own themes: dark, light, and high contrast. One accent colour each; no meaning by colour alone."""

from textual.theme import Theme

DARK = Theme(
    name="facilitator-dark",
    primary="#7fb4ca",
    secondary="#9aa5b1",
    accent="#e0af68",
    warning="#e0af68",
    error="#f7768e",
    success="#9ece6a",
    foreground="#d8dee6",
    background="#14181d",
    surface="#1a1f26",
    panel="#232a33",
    dark=True,
)
LIGHT = Theme(
    name="facilitator-light",
    primary="#1f6f8b",
    secondary="#5b6672",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#b3261e",
    success="#2e6b1f",
    foreground="#1d242b",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e6e3db",
    dark=False,
)
CONTRAST = Theme(
    name="facilitator-contrast",
    primary="#00e5ff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff6b6b",
    success="#00ff66",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#3d3d3d",
    dark=True,
)
OWN = (DARK, LIGHT, CONTRAST)
