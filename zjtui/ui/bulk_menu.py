"""What can be done to the marked rows: set a field, move, assign a contact, write them to a file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zjtui.domain import registry
from zjtui.domain.show import label
from zjtui.i18n import N_, _
from zjtui.ui import exporting
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.forms import FormSpec, fields_of, form_names
from zjtui.usecases.bulk import Job

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp

_ONE_EACH = ("name", "code", "no", "code_note")  # what no two records share


def choose(app: "ZjtuiApp", entity: str, uids: Sequence[str]) -> None:
    """Ask what to do to the records `uids` of `entity`."""
    what = [Choice("set", _(N_("Set a field"))), Choice("move", _(N_("Move to a state")))]
    if entity == "project":
        what.append(Choice("assign", _(N_("Assign a contact"))))
    what.append(Choice("export", _(N_("Write them to a file: Excel, CSV, JSON, Markdown"))))
    heading = _(N_("{count} marked: what to do?")).format(count=f"{len(uids):,}")

    def chosen(kind: str | None) -> None:
        if kind == "set":
            _choose_field(app, entity, uids)
        elif kind == "move":
            _choose_state(app, entity, uids)
        elif kind == "assign":
            _assign(app, uids)
        elif kind == "export":
            exporting.ask(app, entity, lambda _connection: uids, getattr(app.screen, "shown_columns", ()))

    app.push_screen(ChoiceDialog(heading, what), chosen)


def _open(app: "ZjtuiApp", job: Job, uids: Sequence[str], title: str) -> None:
    from zjtui.ui.screens.bulk import BulkScreen

    app.push_screen(BulkScreen(job, uids, title))


def _choose_field(app: "ZjtuiApp", entity: str, uids: Sequence[str]) -> None:
    fields = registry.model(entity).fields()
    names = [name for name in form_names(entity) if name not in _ONE_EACH]

    def chosen(name: str | None) -> None:
        if name:
            _ask(app, entity, [name], uids, Job("set", entity), label(fields[name]))

    app.push_screen(ChoiceDialog(N_("Which field?"), [Choice(name, label(fields[name])) for name in names]), chosen)


def _choose_state(app: "ZjtuiApp", entity: str, uids: Sequence[str]) -> None:
    flow = registry.workflow(entity)

    def chosen(target: str | None) -> None:
        if not target:
            return
        steps = [move for move in flow.moves if move.target == target]
        names = list(dict.fromkeys(name for move in steps for name in move.needs))
        job, title = Job("move", entity, {}, target), flow.states.label(target)
        if names:
            _ask(app, entity, names, uids, job, title)
        else:
            _open(app, job, uids, title)

    app.push_screen(
        ChoiceDialog(N_("Move to"), [Choice(code, flow.states.label(code)) for code in flow.states]), chosen
    )


def _assign(app: "ZjtuiApp", uids: Sequence[str]) -> None:
    _ask(app, "contact", form_names("contact"), uids, Job("assign", "project"), _(N_("Assign a contact")))


def _ask(app: "ZjtuiApp", entity: str, names: Sequence[str], uids: Sequence[str], job: Job, title: str) -> None:
    """Ask for the values in a form, then show the preview."""
    from dataclasses import replace

    def collected(values: dict[str, Any]) -> None:
        given = values if job.kind == "set" else {k: v for k, v in values.items() if v not in (None, [], "", False)}
        _open(app, replace(job, values=given), uids, title)

    def make() -> FormSpec:
        return FormSpec(
            title=N_("Many at once"),
            subject=title,
            key=f"bulk.{job.kind}:{entity}",
            items=fields_of(app.session, entity, names, names if job.kind == "move" else ()),
            texts=dict.fromkeys(names, ""),
            done="",
            collect=collected,
        )

    app.open_form(make)
