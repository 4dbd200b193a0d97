"""Keep the catalogue in step with the code: `python -m zjtui.locales.catalogue update | compile | check`.

`update` takes the texts marked with `_` and `N_` from the code into the .po (translations are kept, texts that are gone
are dropped) and compiles it; `check` says what is missing and ends with 1.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[1]
SOURCE = Path(__file__).parent / "zh_CN" / "LC_MESSAGES" / "zjtui.po"
_VOLATILE = ("#", '"POT-', '"PO-R', '"Last-', '"Language-Team', '"Report', '"Generated')
_HOLE = re.compile(r"\{(\w+)")


def messages() -> set[str]:
    """Return every text that the code marks for translation."""
    from babel.messages.extract import extract_from_dir

    found = set()
    marks = {"_": None, "N_": None}
    for _file, _line, text, _comments, _context in extract_from_dir(PACKAGE, [("**.py", "python")], keywords=marks):
        if isinstance(text, str):
            found.add(text)
    return found


def read() -> Any:
    """Return the catalogue as it is written."""
    from babel.messages.pofile import read_po

    with SOURCE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def update() -> None:
    """Bring the .po up to date, sorted by text and without line numbers, so that changes stay small."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    known = {message.id: message.string for message in read() if message.id}
    catalogue = Catalog(locale="zh_CN", project="zjtui", charset="utf-8", fuzzy=False)
    for text in sorted(messages()):
        catalogue.add(text, known.get(text, ""))
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, sort_output=True)
    # Dates and names in the head would change with every run and say nothing that git does not know.
    kept = [line for line in buffer.getvalue().decode().splitlines() if not line.startswith(_VOLATILE)]
    SOURCE.write_text("\n".join(kept).strip() + "\n", "utf-8")


def compile_mo() -> None:
    """Write the .mo that gettext reads, whole: somebody may be reading it."""
    from babel.messages.mofile import write_mo

    from zjtui.files import replacing

    with replacing(SOURCE.with_suffix(".mo")) as temporary, temporary.open("wb") as file:
        write_mo(file, read())


def problems() -> Iterator[str]:
    """Yield what is wrong with the catalogue."""
    written = {message.id: message for message in read() if message.id}
    needed = messages()
    yield from (f"not in the catalogue: {text}" for text in sorted(needed - written.keys()))
    yield from (f"not in the code any more: {text}" for text in sorted(written.keys() - needed))
    for text, message in written.items():
        translation = str(message.string)
        if not translation:
            yield f"not translated: {text}"
        elif message.fuzzy:
            yield f"fuzzy: {text}"
        elif set(_HOLE.findall(text)) != set(_HOLE.findall(translation)):
            yield f"other placeholders: {text} -> {translation}"
        elif "|" in text and "|" in translation:
            yield f"the context is not translated: {translation}"


def main(arguments: list[str]) -> int:
    """Run one of the commands."""
    command = arguments[0] if arguments else "check"
    if command == "update":
        update()
        compile_mo()
    elif command == "compile":
        compile_mo()
    found = list(problems())
    sys.stdout.writelines(f"{problem}\n" for problem in found)
    return 1 if found and command != "compile" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
