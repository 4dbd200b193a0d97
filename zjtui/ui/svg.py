"""Screenshots as SVG: rich counts characters where it should count cells, and squeezes Chinese to half its width."""

import html
import re

from rich.cells import cell_len

_TEXT = re.compile(r'textLength="([0-9.]+)"([^>]*)>([^<]*)</text>')


def widened(svg: str) -> str:
    """Return `svg` with every text as long as its cells."""

    def mend(found: re.Match[str]) -> str:
        length, attributes, shown = found.groups()
        text = html.unescape(shown)
        if not text or text.isascii():
            return found[0]
        cell = float(length) / len(text)
        return f'textLength="{cell * cell_len(text):.1f}"{attributes}>{shown}</text>'

    return _TEXT.sub(mend, svg)
