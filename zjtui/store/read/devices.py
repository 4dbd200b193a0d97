"""The devices whose entries are in the change log: how far each is known, and what is missing of it."""

from dataclasses import dataclass

from zjtui.store.sqlite import Connection


@dataclass(frozen=True)
class Device:
    """One device: its `last` entry's number, Beijing time and person; `holes` are (first, last) numbers not here."""

    device: str
    last: int
    at: str
    person: str
    holes: tuple[tuple[int, int], ...]


def seen(connection: Connection) -> list[Device]:
    """Return every device of the log, by its name. A device numbers its entries from 1 without leaving any out."""
    holes: dict[str, list[tuple[int, int]]] = {}
    gaps = connection.execute(
        "SELECT device, before + 1, device_seq - 1 FROM (SELECT device, device_seq, lag(device_seq, 1, 0) OVER "
        "(PARTITION BY device ORDER BY device_seq) AS before FROM change) WHERE device_seq > before + 1 "
        "ORDER BY device, device_seq"
    )
    for device, first, last in gaps:
        holes.setdefault(device, []).append((first, last))
    rows = connection.execute(
        "SELECT c.device, c.device_seq, c.at, c.person FROM change c JOIN (SELECT device, max(device_seq) AS last "
        "FROM change GROUP BY device) e ON e.device = c.device AND e.last = c.device_seq ORDER BY c.device"
    )
    return [Device(row[0], row[1], row[2], row[3], tuple(holes.get(row[0], ()))) for row in rows]
