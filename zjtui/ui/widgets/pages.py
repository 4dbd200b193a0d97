"""The rows of a table of any length, read a page at a time and forgotten again."""

from collections.abc import Callable, Sequence

PAGE = 40
KEPT = 10  # pages
HEADING = 0  # ids up to this one are headings of groups
Cell = str | tuple[str, str]  # text, or (text, tone); a tone is one of TONES
TONES = ("muted", "good", "warn", "bad", "strong")
Fetch = Callable[[Sequence[int]], list[list[Cell]]]


class Pages:
    """Cells by the place of a row; `fetch` returns those of the ids asked for, in their order."""

    def __init__(self) -> None:
        self.ids: Sequence[int] = []
        self.fetch: Fetch = lambda _ids: []
        self._held: dict[int, list[list[Cell]]] = {}

    def clear(self) -> None:
        """Forget what was read."""
        self._held.clear()

    def place(self, row_id: int) -> int | None:
        """Return the place of a row, None where it is not among them."""
        try:
            return self.ids.index(row_id)
        except ValueError:
            return None

    def row(self, place: int) -> list[Cell]:
        """Return the cells of the row at a place; a heading has none."""
        number, offset = divmod(place, PAGE)
        page = self.page(number)
        if offset >= len(page) or not page[offset]:
            self._held.pop(number)  # the page was read while the list was shorter
            return self.row(place) if offset >= len(page) else []
        return page[offset]

    def page(self, number: int) -> list[list[Cell]]:
        """Return the rows of a page, reading them where they are not at hand."""
        if number not in self._held:
            while len(self._held) >= KEPT:
                self._held.pop(next(iter(self._held)))
            wanted = list(self.ids[number * PAGE : (number + 1) * PAGE])
            fetched = iter(self.fetch([row_id for row_id in wanted if row_id > HEADING]))
            self._held[number] = [[] if row_id <= HEADING else next(fetched, []) for row_id in wanted]
        return self._held[number]

    def replace(self, place: int, row: list[Cell]) -> bool:
        """Put other cells at a place; tell whether its page is at hand."""
        page = self._held.get(place // PAGE)
        if page is None or place % PAGE >= len(page):
            return False
        page[place % PAGE] = row
        return True

    def read_ahead(self, top: int, visible: int) -> bool:
        """Read one page that a key may ask for next; tell whether another one is still to be read."""
        if not self.ids:
            return False
        last = (len(self.ids) - 1) // PAGE
        here, step = top // PAGE, visible // PAGE + 1
        near = (here + step, here - step, here, last, 0)
        missing = [page for page in near if 0 <= page <= last and page not in self._held]
        if missing:
            self.page(missing[0])
        return len(missing) > 1
