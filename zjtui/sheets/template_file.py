"""A Word template as somebody's program left it: its marks in full-width braces, links and macros that nobody sees."""

import io
import re
import unicodedata
import zipfile
from xml.sax.saxutils import escape

from zjtui.errors import Refused
from zjtui.i18n import N_
from zjtui.sheets import elements

_UNPACKED = 100_000_000  # bytes of all parts
_TEXTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_TAGS = r"((?:<[^>]+>)*)"
_OPEN, _CLOSE = re.compile("[{｛]" + _TAGS + "[{｛]"), re.compile("[}｝]" + _TAGS + "[}｝]")
_MARK = re.compile(r"\{(?:<[^>]+>)*\{.*?\}(?:<[^>]+>)*\}", re.DOTALL)
_OWN = ("hyperlink", "attachedTemplate")  # what may point outside: a link that a reader sees, and what is taken out
_ATTACHED = re.compile(rb"<(?:\w+:)?attachedTemplate\b[^>]*?(?:/>|>\s*</(?:\w+:)?attachedTemplate>)")


def checked(content: bytes) -> bytes:
    """Return a template without the other template that it was made from, its marks as they are read.

    Whoever opens a report must not fetch anything by that: what else points outside, and macros, are refused.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        items = old.infolist()
        if sum(item.file_size for item in items) > _UNPACKED:
            raise Refused(N_("it unpacks to far more than a template holds"))
        if any(item.filename.lower().endswith("vbaproject.bin") for item in items):
            raise Refused(N_("it holds macros: save it as .docx"))
        for item in items:
            part = old.read(item)
            if item.filename.endswith(".rels"):
                part = _without_links(part)
            elif item.filename == "word/settings.xml":
                part = _ATTACHED.sub(b"", part)
            elif _TEXTS.fullmatch(item.filename):
                part = marked(part.decode("utf-8")).encode("utf-8")
            new.writestr(item.filename, part)
    return stream.getvalue()


def marked(text: str) -> str:
    """Return a part's XML with its marks in plain letters: {{ title }} for ｛｛　ｔｉｔｌｅ　｝｝."""
    text = _CLOSE.sub(r"}\1}", _OPEN.sub(r"{\1{", text))

    def plain(found: re.Match[str]) -> str:
        return "".join(
            piece if piece.startswith("<") else unicodedata.normalize("NFKC", piece)
            for piece in re.split(r"(<[^>]+>)", found[0])
        )

    return _MARK.sub(plain, text)


def _without_links(part: bytes) -> bytes:
    """Return a part's relations without the template it was made from; others that point outside are refused."""
    kept, dropped = [], False
    for name, said in elements.of(part):
        if name != "Relationship":
            continue
        kind = said.get("Type", "").rpartition("/")[2]
        if said.get("TargetMode") == "External" and kind not in _OWN:
            raise Refused(N_("it fetches “{target}” from elsewhere: put that into the file"),
                          target=said.get("Target", "")[:80])  # fmt: skip
        if kind == "attachedTemplate":
            dropped = True
        else:
            kept.append(said)
    if not dropped:
        return part
    lines = ("".join(f' {key}="{escape(value, {chr(34): "&quot;"})}"' for key, value in said.items()) for said in kept)
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    made = "".join(f"<Relationship{line}/>" for line in lines)
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{space}">{made}</Relationships>'.encode()
