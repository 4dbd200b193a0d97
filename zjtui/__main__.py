"""Entry of `zjtui`. It imports nothing heavy: what a command needs is imported when that command is called."""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run `zjtui` with `argv` (the process's own arguments by default); return the exit code."""
    from zjtui.cli.top import run

    return run(list(sys.argv[1:] if argv is None else argv))


if __name__ == "__main__":
    sys.exit(main())
