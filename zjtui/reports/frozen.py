"""A freeze as a page, the same whenever it is printed; and what leads from one freeze to another."""

from typing import Any

from zjtui.domain.bridge import CAUSES, Change
from zjtui.domain.freeze import Freeze
from zjtui.domain.indicators import rate
from zjtui.i18n import N_, _, joined, language
from zjtui.reports import bridge
from zjtui.reports.amounts import yi
from zjtui.reports.page import Heading, Page, Paragraph, Table
from zjtui.store.read.history import HEAD
from zjtui.store.standing import RULES
from zjtui.usecases.freeze import Comparison, Told

_MOST = 30  # projects named


def page(record: Freeze, figures: dict[str, Any]) -> Page:
    """Return a freeze's figures as they were kept; nothing is looked up, so that the same bytes come out."""
    head = _(N_("{name}: {month}, frozen on {day}, change log {head}")).format(
        name=record.name, month=record.month, day=record.made_on, head=record.head
    )
    digest = _(N_("Digest {digest}")).format(digest=record.digest[:HEAD])
    foot = _(N_("Verified: these are the figures that were frozen"))
    names = figures.get("names", {})
    rows = [_line(_(N_("All")), figures["whole"])]
    rows += [_line(_named(names, sums["key"]), sums) for sums in figures["cities"]]
    heads = (N_("Name"), N_("Projects"), N_("Done (bn yuan)"), N_("Plan (bn yuan)"), N_("Completion"), N_("Started"))
    table = Table(tuple(_(text) for text in heads), tuple(rows), (1, 2, 3, 4, 5))
    return Page(
        record.name, foot, [Paragraph(head), Paragraph(digest), table, Heading(_(N_("Devices"))), *_devices(figures)]
    )


def seen_and_missing(figures: dict[str, Any]) -> str:
    """Return how many devices were seen and how many of them leave something open, in a few words."""
    if "devices" not in figures:
        return _(N_("devices not recorded"))
    devices = figures["devices"]
    missing = sum(1 for item in devices if item["holes"] or item["silent"])
    text = _(N_("devices: {count}, {missing} incomplete")) if missing else _(N_("devices: {count}, complete"))
    return text.format(count=len(devices), missing=missing)


def comparison(found: Comparison) -> Page:
    """Return what leads from one freeze to the other, or to now."""
    old, new = found.before, found.after
    before, after = (rate(side.figures["whole"]["done"], side.figures["whole"]["plan"]) for side in (old, new))
    parts: list[Any] = []
    if found.points is not None and before is not None and after is not None:
        parts.append(Paragraph(bridge.sentence(before, after, found.points, bridge.MONEY)))
        parts.append(bridge.table(Change(found.money, found.plans), found.points, (before, after), bridge.MONEY))
        if told := bridge.rounding(found.points, before, after):
            parts.append(Paragraph(told))
    else:
        parts.append(Paragraph(_(N_("There was no plan to compare with."))))
    parts += [Paragraph(text) for text in _older_rules(old, new)]
    parts += [Heading(_(N_("Changed values"))), *_changed(old, new)]
    for title, projects in ((N_("Projects that entered: {count}"), found.entered),
                            (N_("Projects that left: {count}"), found.left)):  # fmt: skip
        if projects:
            parts.append(Heading(_(title).format(count=len(projects))))
            parts += [Paragraph(name) for _uid, name in projects[:_MOST]]
            if len(projects) > _MOST:
                parts.append(Paragraph(_(N_("and {count} more")).format(count=len(projects) - _MOST)))
    foot = _(N_("Both freezes are as they were; what came later only stands in the comparison"))
    return Page(f"{side_name(old)} → {side_name(new)}", foot, parts)


def _older_rules(*sides: Told) -> list[str]:
    """Return which side counts what no longer does: its figures stay as they were told."""
    text = _(N_("“{name}” was made when drafts and returned reports counted, and withdrawn projects too."))
    return [text.format(name=side.record.name) for side in sides if side.record and side.rules < RULES]


def side_name(side: Told) -> str:
    """Return what one side of a comparison is called."""
    name = side.record.name if side.record else _(N_("bridge|now"))
    return f"{name} ({side.month})"


def as_json(found: Comparison) -> dict[str, Any]:
    """Return a comparison as plain data: amounts in yuan, points as exact fractions ("31/10")."""
    old, new = found.before.figures["whole"], found.after.figures["whole"]
    points = found.points
    return {
        "before": old["done"],
        **{cause: found.money[cause] for cause in ("month", "late", "corrections", "entered", "left")},
        "after": new["done"],
        "plan_before": old["plan"],
        "plan_after": new["plan"],
        "plan_parts": {cause: found.plans[cause] for cause in ("entered", "left", "plans")},
        "points": None if points is None else {cause: str(points[cause]) for cause in CAUSES if points[cause]},
        "entered_projects": [{"uid": uid, "name": name} for uid, name in found.entered],
        "left_projects": [{"uid": uid, "name": name} for uid, name in found.left],
    }


def _changed(old: Told, new: Told) -> list[Any]:
    """Return the whole and the cities whose figures differ."""
    names = {**old.figures.get("names", {}), **new.figures.get("names", {})}
    pairs = [(_(N_("All")), old.figures["whole"], new.figures["whole"])]
    was = {sums["key"]: sums for sums in old.figures["cities"]}
    now = {sums["key"]: sums for sums in new.figures["cities"]}
    nothing = {"projects": 0, "done": 0, "plan": 0}
    pairs += [(_named(names, key), was.get(key, nothing), now.get(key, nothing)) for key in sorted({*was, *now})]
    pairs = [pair for pair in pairs if any(pair[1][field] != pair[2][field] for field in nothing)]
    if not pairs:
        return [Paragraph(_(N_("Nothing differs.")))]
    # What differs nowhere would only take the width that a small screen does not have.
    shown = [field for field in ("done", "plan", "projects") if any(one[field] != two[field] for _n, one, two in pairs)]
    labels = {"done": N_("Done (bn yuan)"), "plan": N_("Plan (bn yuan)"), "projects": N_("Projects")}
    rows = tuple(
        (name, *_rates(one, two), *(_step(field, one[field], two[field]) for field in shown))
        for name, one, two in pairs
    )
    heads = (N_("Name"), N_("bridge|Last"), N_("bridge|Now"), N_("Points"), *(labels[field] for field in shown))
    return [Table(tuple(_(text) for text in heads), rows, tuple(range(1, len(heads))))]


def _rates(one: dict[str, Any], two: dict[str, Any]) -> tuple[str, str, str]:
    """Return the completion last and now, and the points between them as they are shown."""
    first, second = rate(one["done"], one["plan"]), rate(two["done"], two["plan"])
    shown = ["-" if share is None else bridge.percent(share) for share in (first, second)]
    moved = "-" if first is None or second is None else bridge.moved(first, second)
    return shown[0], shown[1], moved


def _step(field: str, one: int, two: int) -> str:
    texts = [str(value) if field == "projects" else yi(value) for value in (one, two)]
    return texts[0] if one == two else " → ".join(texts)


def _devices(figures: dict[str, Any]) -> list[Any]:
    if "devices" not in figures:
        return [Paragraph(_(N_("not recorded")))]
    rows = tuple(
        (item["device"], item["person"], f"{item['last']:,}", item["at"].replace("T", " "), _missing(item))
        for item in figures["devices"]
    )
    heads = (N_("Device"), N_("Last person"), N_("Last entry"), N_("freeze|At"), N_("freeze|Missing"))
    return [Table(tuple(_(text) for text in heads), rows, (2,))]


def _missing(item: dict[str, Any]) -> str:
    """Return what is missing of a device: entries in between, and whatever it did after the month."""
    gaps = joined(str(one) if one == end else f"{one}-{end}" for one, end in item["holes"])
    parts = [_(N_("entries {numbers}")).format(numbers=gaps)] if gaps else []
    if item["silent"]:
        parts.append(_(N_("nothing known since before the month's end")))
    return _(N_("list|, ")).join(parts) or "-"


def _named(names: dict[str, Any], key: str) -> str:
    """Return what a city was called when it was frozen; older freezes kept its code alone."""
    return str(names[key]["zh" if language() == "zh" else "en"]) if key in names else key


def _line(name: str, sums: dict[str, Any]) -> tuple[str, ...]:
    share = rate(sums["done"], sums["plan"])
    completion = "-" if share is None else bridge.percent(share)
    return (name, str(sums["projects"]), yi(sums["done"]), yi(sums["plan"]), completion,
            f"{sums['started']} / {sums['new']}")  # fmt: skip
