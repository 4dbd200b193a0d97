"""Light, dark, and one whose borders are plain ASCII, for consoles that draw box lines double-width."""

from textual.theme import Theme

_DARK = {
    "primary": "#5b9bd5",
    "secondary": "#8fb8de",
    "accent": "#e0b050",
    "warning": "#e0a030",
    "error": "#e06c75",
    "success": "#7fb77e",
    "foreground": "#d8dee9",
    "background": "#14181f",
    "surface": "#1b212b",
    "panel": "#262e3b",
}
THEMES = (
    Theme(name="zjtui-dark", dark=True, **_DARK),  # type: ignore[arg-type]
    Theme(
        name="zjtui-light",
        dark=False,
        primary="#1f5fa8",
        secondary="#3b78b8",
        accent="#9a5b00",
        warning="#9a5b00",
        error="#b3261e",
        success="#2e6b34",
        foreground="#1b1f24",
        background="#fbfbf8",
        surface="#f1f1ec",
        panel="#e2e4e0",
    ),
    Theme(name="zjtui-ascii", dark=True, **_DARK),  # type: ignore[arg-type]
)
