"""XML of what others wrote, element by element, whatever its dialect."""

import io
from typing import IO, Any
from xml.parsers import expat

Element = tuple[str, dict[str, str]]  # its name, what it says of itself
_CHUNK = 1 << 20


def parse(stream: IO[bytes], start: Any, end: Any, text: Any) -> None:
    """Read XML without building anything of it; names are given without their namespace, a DTD is no list's."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def named(name: str, said: dict[str, str]) -> None:
        start(name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in said.items()})

    def refuse(*_given: Any) -> None:
        raise ValueError("a list has no DTD")

    parser.StartElementHandler = named
    parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None


def of(content: bytes) -> list[Element]:
    """Return the elements of a small part, each with what it says of itself, whatever its dialect."""
    found: list[Element] = []
    parse(io.BytesIO(content), lambda name, said: found.append((name, said)), lambda _name: None, lambda _text: None)
    return found
