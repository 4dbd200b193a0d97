"""What every screen has: title, status and key bar, words in the current language, and one way to run a use-case."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from zjtui.errors import Locked, meaning
from zjtui.i18n import N_, _
from zjtui.ui.action import Action, offered
from zjtui.ui.actions import GLOBAL
from zjtui.ui.text import content
from zjtui.ui.widgets.bars import KeyBar, StatusBar, TopBar
from zjtui.ui.widgets.window_table import WindowTable

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp
    from zjtui.usecases.session import Outcome, Session

T = TypeVar("T")
log = logging.getLogger(__name__)


class BaseScreen(Screen[Any]):
    """A full screen. Subclasses give `ACTIONS`, `title_parts` and `body`, and refresh in `reload`."""

    ACTIONS: ClassVar[tuple[Action, ...]] = ()
    AUTO_FOCUS = None

    @property
    def zj(self) -> "ZjtuiApp":
        """The app, with its own type."""
        return cast("ZjtuiApp", self.app)

    @property
    def session(self) -> "Session":
        """The open workspace, its person and its day."""
        return self.zj.session

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield from self.body()
        yield StatusBar()
        yield KeyBar((*self.offered, *GLOBAL))

    @property
    def kind_in_front(self) -> str:
        """The kind of record that the actions are about, "" where the screen is about one kind alone."""
        return ""

    @property
    def offered(self) -> tuple[Action, ...]:
        """The actions that the kind of record in front knows."""
        return offered(self.ACTIONS, self.kind_in_front)

    @property
    def name_of_actions(self) -> str:
        """The screen's key of `SCREENS`, "" where it has no actions of its own."""
        return self.ACTIONS[0].screen if self.ACTIONS else ""

    def body(self) -> Iterable[Widget]:
        """Yield the widgets between the bars."""
        return ()

    def title_parts(self) -> list[str]:
        """Return the titles from the general to the particular."""
        return []

    def reload(self) -> None:
        """Read anew and show: something was saved, or the language changed."""

    def on_screen_resume(self) -> None:
        """Come back to the screen: what lies below may have changed meanwhile."""
        self.show_title()
        if self.is_mounted and self.zj.main_screens.take_outdated(self):
            self.reload()

    def stand_on(self, uid: str) -> None:
        """Put the cursor on a record that was just saved, where the screen lists it."""

    def show_title(self) -> None:
        """Fill the title bar."""
        session = self.zj.session  # whatever day is looked at, this one is today
        right = f"{session.today.isoformat()} · {self.zj.person_name()}"
        if session.workspace.read_only:
            right = _(N_("READ ONLY")) + " · " + right
        self.query_one(TopBar).show(["zjtui", *self.title_parts()], right)

    def relabel(self) -> None:
        """Show everything in the language that was just chosen."""
        self.show_title()
        self.query_one(KeyBar).refresh()
        self.reload()

    def status(self, text: str, tone: str = "") -> None:
        """Show `text` in the status line."""
        for bar in self.query(StatusBar):
            bar.show(text, tone)

    async def save(self, work: "Callable[[], Outcome]", done: "str | Callable[[Outcome], str]") -> "Outcome | None":
        """Run a use-case off the screen's thread; say what came of it. Return None where it was refused."""
        try:
            outcome = await asyncio.to_thread(work)
        except Exception as error:  # whatever it is, it must not take the form with it
            self.complain(error)
            return None
        self.zj.main_screens.changed()
        notes = [
            done if isinstance(done, str) else done(outcome),
            *(_(N_("Added: {name}")).format(name=name) for name in outcome.created),
        ]
        self.app.notify(content("  ".join(notes)).plain, markup=False, timeout=4)
        for notice in outcome.notices:
            self.app.notify(content(str(notice)).plain, severity="warning", markup=False, timeout=8)
        return outcome

    def complain(self, error: Exception) -> None:
        """Say why something was refused; nothing was changed."""
        known = meaning(error)
        if known is None:
            log.error("unexpected", exc_info=error)
        severity: Literal["warning", "error"] = "warning" if isinstance(known, Locked) else "error"
        text = content(str(known)).plain if known else self.zj.fault_text(error)
        self.app.notify(text, severity=severity, markup=False, timeout=10)

    def day_turned(self) -> None:
        """Go on with another today."""
        self.show_title()

    def keep_typed(self) -> None:
        """Keep what is typed and not saved, at once; also from another thread, as the app ends."""

    def action_back(self) -> None:
        """Close the screen; the last one stays."""
        if len(self.app.screen_stack) > 1:
            self.dismiss(None)

    @property
    def dirty(self) -> bool:
        """Whether leaving the screen would lose something: then it is asked about."""
        return False

    def undo_typed(self) -> bool:
        """Take back what is being typed on the screen; False where nothing is, and undo is of the register."""
        return False

    def redo_typed(self) -> bool:
        """Type again what was taken back; False where nothing is being typed."""
        return False

    def nothing_to_do(self, name: str) -> bool:
        """Tell whether the action `name` needs a row and there is none; say so."""
        action = next((each for each in self.ACTIONS if each.name == name), None)
        if action is None or not action.row:
            return False
        told = next((table.why_no_row() for table in self.query(WindowTable) if table.display), "")
        if told:
            self.status(told, "$text-warning")
        return bool(told)

    def action_menu(self) -> None:
        """List what can be done here and has no key of its own."""
        from zjtui.ui import menu

        menu.choose(self)

    def action_copy_text(self) -> None:
        """Copy what is selected, the row under the cursor or the marked ones."""
        from zjtui.ui import copying

        copying.copy(self)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted on a list, or typed with an input method that pastes, begins its filter."""
        from zjtui.ui import unbound
        from zjtui.ui.keys import takes_text

        if takes_text(self.focused):  # the field has it
            return
        unbound.typed(self, " ".join(event.text.split()))

    def writable(self) -> bool:
        """Tell whether anything can be saved; where not, say who holds the workspace."""
        reason = self.session.workspace.read_only
        if reason:
            self.complain(reason)
        return reason is None


class BackgroundReader:
    """Reads that take longer than a frame: one thread, one connection; a newer read interrupts the one before."""

    def __init__(self, screen: BaseScreen) -> None:
        self._screen = screen
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self._newest = 0
        self._connection: Any = None

    def read(self, work: Callable[[Any], T], then: Callable[[T], None]) -> None:
        """Run `work(connection)` in the background and hand its result to `then` on the screen's thread."""
        self._newest += 1
        ticket = self._newest
        self._interrupt()

        def run() -> None:
            if ticket != self._newest:
                return
            try:
                self._connection = self._screen.session.reader()
                self._attempt(ticket, work, then)
            except Exception as error:  # the register cannot even be opened
                self._tell(self._screen.complain, error)
            finally:  # only what is being read can be interrupted; the register of an earlier day may be closed by then
                self._connection = None

        self._executor.submit(run)

    def _attempt(self, ticket: int, work: Callable[[Any], T], then: Callable[[T], None]) -> None:
        while ticket == self._newest:
            try:
                result = work(self._connection)
            except Exception as error:
                if "interrupted" in str(error):
                    continue  # meant for the read before this one
                self._tell(self._screen.complain, error)
            else:
                self._tell(self._deliver, ticket, then, result)
            return

    def _interrupt(self) -> None:
        reading = self._connection  # the thread may let go of it at any moment
        if reading is not None:
            reading.interrupt()

    def _tell(self, call: Callable[..., None], *values: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the app is leaving
            self._screen.app.call_from_thread(call, *values)

    def _deliver(self, ticket: int, then: Callable[[T], None], result: T) -> None:
        if ticket == self._newest and self._screen.is_mounted:
            then(result)

    async def wait(self) -> None:
        """Wait until nothing is being read (for tests and for leaving)."""
        await asyncio.to_thread(self._executor.submit(lambda: None).result)

    def stop(self) -> None:
        """Stop reading; the screen goes away."""
        self._newest += 1
        self._interrupt()
        self._executor.shutdown(wait=False, cancel_futures=True)
