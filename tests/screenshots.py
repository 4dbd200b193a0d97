"""`make screenshots`: draw every screen, in both languages and sizes, as SVG into a folder."""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.ui.driver import running
from tests.ui.test_snapshots import SCREENS, keys_to, needed, prepare
from zjtui.usecases.demo import new_demo

SIZES = {"80x24": (80, 24), "120x40": (120, 40)}


async def draw(workspace: Path, folder: Path, name: str, lang: str, size: str) -> None:
    """Press the keys that lead to a screen and write what it shows."""
    if before := needed(name):
        await prepare(workspace, before, lang)
    async with running(workspace, lang, SIZES[size]) as driver:
        await driver.follow(keys_to(name))
        (folder / f"{name}-{lang}-{size}.svg").write_text(driver.app.export_screenshot(), "utf-8")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for lang in ("zh", "en"):
        for size in SIZES:
            for name in SCREENS:
                with tempfile.TemporaryDirectory() as place:
                    new_demo(Path(place) / "w").close()
                    asyncio.run(draw(Path(place) / "w", folder, name, lang, size))
    print(f"{len(list(folder.glob('*.svg')))} screenshots in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
