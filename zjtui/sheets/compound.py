"""The container of an .xls workbook: which of its sectors make up which stream."""

import struct

_FREE, _SMALLEST = 0xFFFFFFFA, 512  # from here on a number is no sector
_MOST = 400_000  # sectors of a file of 200 MB


def stream(content: bytes, *names: str) -> bytes:
    """Return the first stream that is there under one of the names, b"" for none. Raises `ValueError`."""
    try:
        return _stream(content, names)
    except struct.error:
        raise ValueError("no whole container") from None


def _stream(content: bytes, names: tuple[str, ...]) -> bytes:
    size, small = (1 << power for power in struct.unpack_from("<2H", content, 30))
    directory, least, small_start = (struct.unpack_from("<I", content, place)[0] for place in (48, 56, 60))
    if not 64 <= small <= size <= 4096:
        raise ValueError("no such sectors")

    def sector(number: int) -> bytes:
        start = _SMALLEST + number * size if size == _SMALLEST else (number + 1) * size
        return content[start : start + size]

    table = _table(content, sector, size)
    entries = _chained(table, directory, sector)
    found: dict[str, tuple[int, int]] = {}
    root = (0, 0)
    for place in range(0, len(entries), 128):
        entry = entries[place : place + 128]
        length = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
        start, large = struct.unpack_from("<I", entry, 116)[0], struct.unpack_from("<I", entry, 120)[0]
        if entry[66] == 5:
            root = (start, large)
        elif entry[66] == 2:
            found.setdefault(name.casefold(), (start, large))
    at = next((found[name.casefold()] for name in names if name.casefold() in found), None)
    if at is None:
        return b""
    if at[1] >= least:
        return _chained(table, at[0], sector)[: at[1]]
    held = _chained(table, root[0], sector)[: root[1]]
    smalls = _numbers(_chained(table, small_start, sector))
    return _chained(smalls, at[0], lambda number: held[number * small : (number + 1) * small])[: at[1]]


def _table(content: bytes, sector: object, size: int) -> list[int]:
    """Return which sector follows on which."""
    assert callable(sector)
    lists = [*struct.unpack_from("<109I", content, 76)]
    more, seen = struct.unpack_from("<I", content, 68)[0], 0
    while more < _FREE and seen < _MOST:
        numbers = _numbers(sector(more))
        if not numbers:
            break
        lists += numbers[:-1]
        more, seen = numbers[-1], seen + len(numbers)
    return [number for place in lists if place < _FREE for number in _numbers(sector(place))]


def _numbers(content: bytes) -> list[int]:
    return [*struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])]


def _chained(table: list[int], start: int, sector: object) -> bytes:
    assert callable(sector)
    found: list[bytes] = []
    while start < len(table):
        if len(found) > len(table):
            raise ValueError("the sectors go round")
        found.append(sector(start))
        start = table[start]
    return b"".join(found)
