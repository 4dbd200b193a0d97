"""What the palette finds beside actions: reports, views, projects, people and units, going back to a backup."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from zjtui.domain import pinyin, registry
from zjtui.i18n import N_, _, every_language
from zjtui.reports.registry import REPORTS
from zjtui.store.read import find
from zjtui.ui import restoring, views
from zjtui.ui.actions import GLOBAL

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp

_PROJECTS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """One thing: its name, what it is (a message id), and what opens it."""

    text: str
    what: str
    go: Callable[[], None]
    score: float


def found(app: "ZjtuiApp", query: str) -> Iterator[Found]:
    """Yield what `query` fits, by names in either language, full pinyin or initials."""
    for code, report in REPORTS.items():
        if any(pinyin.found_by(query, name) for name in every_language(report.label)):
            yield Found(_(report.label), N_("report|Report"), partial(_report, app, code), 0.8)
    lists = {action.name[4:-2]: _(action.label) for action in GLOBAL if action.name.startswith("go(")}
    for screen, label in lists.items():
        own: dict[str, Any] = app.session.settings.views.get(screen, {})
        shipped = views.SHIPPED.get(screen, {})
        named = [(name, [name], view) for name, view in own.items()]
        named += [(_(name), every_language(name), view) for name, view in shipped.items()]
        for name, names, view in named:
            if any(pinyin.found_by(query, each) for each in (*names, f"{label} {name}")):
                yield Found(f"{label}: {name}", N_("View"), partial(_view, app, screen, view), 0.7)
    if any(pinyin.found_by(query, name) for name in every_language(restoring.LABEL)):
        yield Found(_(restoring.LABEL), N_("Settings"), partial(restoring.choose, app), 0.7)
    yield from _projects(app, query)
    yield from _directory(app, query)


def _projects(app: "ZjtuiApp", query: str) -> Iterator[Found]:
    from zjtui.ui.forms import project_choices

    if not query.strip():
        return
    named = {choice.value: choice.label for choice in project_choices(app.session, query, _PROJECTS)}
    if query.isascii() and len(named) < _PROJECTS:
        spelled = find.spelled(app.session.reader(), "project", query, _PROJECTS)
        named |= {row["uid"]: row["name"] for row in spelled}
    for uid, name in named.items():
        yield Found(name, N_("Project"), partial(app.open_record, "project", uid), 0.6)


def _directory(app: "ZjtuiApp", query: str) -> Iterator[Found]:
    """Yield people and units."""
    reader, text = app.session.reader(), query.strip()
    for entity in ("person", "org") if text else ():
        named = {row["uid"]: row["name"] for row in find.choices(reader, entity, text, _PROJECTS)}
        if text.isascii() and len(named) < _PROJECTS:
            named |= {row["uid"]: row["name"] for row in find.spelled(reader, entity, text, _PROJECTS)}
        for uid, name in named.items():
            yield Found(name, registry.model(entity).noun, partial(app.open_record, entity, uid), 0.5)


def _report(app: "ZjtuiApp", code: str) -> None:
    from zjtui.ui.screens import reports

    reports.begin(app.base_screen(), code)


def _view(app: "ZjtuiApp", screen: str, view: dict[str, Any]) -> None:
    app.action_go(screen)
    if (shown := app.screen) is app.main_screens.get(screen):
        app.call_after_refresh(views.show, shown, view)
