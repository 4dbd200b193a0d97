"""The yardstick for starting: a Textual app that shows one line."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("one line")


if __name__ == "__main__":
    Bare().run()
