"""One guard for all that runs on the screen's thread: what fails is told, and the app goes on.

Textual ends the message loop of a widget, and with it the app, at the first error that a handler lets through: a full
disk behind one key would cost what is typed. Every message, so every key, action, answer of a dialog and call from
another thread, is dispatched in one place; timers, workers and drawing hand their errors to the app themselves.
"""

from typing import TYPE_CHECKING, cast

from textual.message import Message
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from zjtui.ui.ending import EndingApp

_dispatch = MessagePump._dispatch_message


async def _guarded(pump: MessagePump, message: Message) -> None:
    try:
        await _dispatch(pump, message)
    except Exception as error:
        app = cast("EndingApp", pump.app)
        if not app.started:
            raise  # nothing is typed yet, and there is no screen to say it on
        app.tell_fault(error, pump)


def install() -> None:
    """Guard every message from now on."""
    MessagePump._dispatch_message = _guarded  # type: ignore[method-assign, assignment]
