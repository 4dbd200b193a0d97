"""What was typed into one line, step by step: undo belongs to it for as long as somebody is typing there."""

Step = tuple[str, int]  # text, place of the cursor


class TypedHistory:
    """The steps that can be taken back and done again. Letters typed in one go are one step."""

    def __init__(self) -> None:
        self._past: list[Step] = []
        self._future: list[Step] = []
        self._run = 0  # +1 while letters are being added one by one, -1 while they are being deleted

    @property
    def typed(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._past)

    def clear(self) -> None:
        """Begin anew: another value is being typed."""
        self._past, self._future, self._run = [], [], 0

    def note(self, before: str, after: str, cursor: int) -> None:
        """Keep the text as it was `before` a change, unless the change goes on with the last one."""
        grown = len(after) - len(before)
        run = grown if abs(grown) == 1 else 0
        if not (run and run == self._run and not after[:cursor].endswith((" ", "、", "，", "。"))):
            self._past.append((before, cursor))
        self._run = run
        self._future.clear()

    def back(self, now: Step) -> Step | None:
        """Return the text before the last step; None where nothing is left."""
        return self._turned(self._past, self._future, now)

    def forward(self, now: Step) -> Step | None:
        """Return the text after the step that was taken back last; None where there is none."""
        return self._turned(self._future, self._past, now)

    def _turned(self, source: list[Step], target: list[Step], now: Step) -> Step | None:
        if not source:
            return None
        target.append(now)
        self._run = 0
        return source.pop()
