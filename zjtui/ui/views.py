"""Filters, columns and order of a list under a name: shipped ones for common questions, and a person's own."""

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, TypeAlias

from zjtui.i18n import N_, _
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from zjtui.ui.screens.directory import DirectoryScreen
    from zjtui.ui.screens.list_screen import ListScreen
    from zjtui.ui.screens.months import MonthsScreen


Viewed: TypeAlias = "ListScreen | MonthsScreen | DirectoryScreen"
_SAVE, _FORGET = "\x01save", "\x01forget"
SHIPPED: dict[str, dict[str, dict[str, Any]]] = {
    "projects": {
        N_("My projects"): {"mine": "me"},
        N_("10 bn and more"): {"band": "b100"},
        N_("Not started yet"): {"stage": "ready"},
        N_("Suspended"): {"stage": "suspended"},
        N_("Longest not seen"): {"sort": "last_visit", "descending": False},
    },
    "issues": {
        N_("Late"): {"show": "late", "sort": "late", "descending": True},
        N_("Blocking"): {"severity": "blocking"},
        N_("To be verified"): {"show": "solved"},
        N_("Re-check due"): {"show": "recheck", "sort": "closed_on"},
        N_("Not assigned yet"): {"show": "open", "sort": "found_on"},
    },
    "months": {
        N_("My reports"): {"mine": "me"},
        N_("Not reported yet"): {"show": "missing"},
        N_("To be submitted"): {"show": "draft"},
        N_("To be approved"): {"show": "submitted"},
    },
    "directory": {
        N_("Needs reported"): {"section": "element_need", "state": "reported"},
        N_("Policies not told yet"): {"section": "policy_match", "state": "suggested"},
        N_("Open promises"): {"section": "promise", "state": "open"},
        N_("My contacts"): {"section": "contact", "mine": "me"},
    },
    "services": {
        N_("My services"): {"mine": "me"},
        N_("Documents outstanding"): {"show": "documents"},
        N_("Paused"): {"show": "paused"},
        N_("Awaiting acceptance"): {"show": "applied"},
    },
}


def choose(screen: "Viewed") -> None:
    """Offer the views of a list, saving the one in front, and forgetting an own one."""
    own: dict[str, Any] = screen.session.settings.views.get(screen.NAME, {})
    shipped = SHIPPED.get(screen.NAME, {})
    choices = [Choice(f"own:{name}", name) for name in own] + [Choice(f"shipped:{name}", _(name)) for name in shipped]
    choices.append(Choice(_SAVE, _(N_("(save this view under a name)"))))
    if own:
        choices.append(Choice(_FORGET, _(N_("(forget one of your views)"))))

    def chosen(value: str | None) -> None:
        if value == _SAVE:
            _save(screen)
        elif value == _FORGET:
            _forget(screen)
        elif value:
            kind, _colon, name = value.partition(":")
            show(screen, own[name] if kind == "own" else shipped[name])

    screen.app.push_screen(ChoiceDialog(N_("Views"), choices), chosen)


def show(screen: "Viewed", view: dict[str, Any]) -> None:
    """Show a view; what this version does not know of it is left out."""
    kind: type[Any] = type(screen.query_now)
    known = {field.name: field.type for field in fields(kind)}
    usual = kind()
    taken = {
        name: value for name, value in view.items() if name in known and isinstance(value, type(getattr(usual, name)))
    }
    if taken.get("mine") == "me":
        taken["mine"] = screen.session.person
    if taken.get("sort") not in (None, *screen.FIELDS):
        del taken["sort"]
    columns = [name for name in view.get("columns", []) if name in screen.FIELDS]
    if columns:
        screen.session.settings.columns[screen.NAME] = columns
        screen.zj.keep_settings()
    screen.requery(kind(**taken))


def _save(screen: "Viewed") -> None:
    from zjtui.ui.dialogs.prompt import Prompt

    def answered(name: str | None) -> None:
        if name:
            view = {**asdict(screen.query_now), "columns": list(screen.shown_columns)}
            view.pop("month", None)  # a view is taken up again in another month
            screen.session.settings.views.setdefault(screen.NAME, {})[name] = view
            screen.zj.keep_settings()
            screen.status(_(N_("View saved: {name}")).format(name=name), "bold")

    screen.app.push_screen(Prompt(N_("Name of the view")), answered)


def _forget(screen: "Viewed") -> None:
    own = screen.session.settings.views.get(screen.NAME, {})

    def chosen(name: str | None) -> None:
        if name:
            own.pop(name, None)
            screen.zj.keep_settings()

    screen.app.push_screen(ChoiceDialog(N_("Which view is forgotten?"), [Choice(name, name) for name in own]), chosen)
