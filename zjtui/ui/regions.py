"""Regions to choose from: each city with its counties after it, found by their names in both languages."""

from zjtui.store.read import find
from zjtui.store.sqlite import Connection
from zjtui.ui.dialogs.choice import Choice


def region_choices(reader: Connection) -> list[Choice]:
    """Return all regions in the order of their codes."""
    found = find.choices(reader, "region", limit=5000)
    names = find.names(reader, "region", {row["uid"] for row in found})
    labels = {row["uid"]: " ".join(dict.fromkeys((names[row["uid"]], row["name"]))) for row in found}
    choices = (Choice(row["uid"], labels[row["uid"]], row["initials"]) for row in found)
    return sorted(choices, key=lambda choice: choice.value)
