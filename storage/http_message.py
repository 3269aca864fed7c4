"""Raw HTTP/1.x messages, read without changing a byte of them: RFC 9112.

The wire's bytes are what the archive keeps, so nothing here parses strictly. A server that breaks the grammar is
recorded as it is, and what can be understood of its message is understood in one defined way:

* Lines end in LF, with or without CR before it. The head ends at the first empty line.
* A line that begins with a space or tab goes on with the field before it (obs-fold). A line without a colon is no
  field. Field names keep their case and are compared without it; of values only the white space around them goes.
  Fields beyond the first 256 KiB are not looked at.
* A body is taken out of its chunks when `chunked` is the last transfer coding, whatever the version says. Where its
  very first chunk has no size, it was never chunked (proxies and capture tools strip the coding and leave the header);
  where a later one is broken, the chunks before it are the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_END_OF_HEAD = re.compile(rb"\n\r?\n")
_STATUS = re.compile(rb"[^ \t]+[ \t]+(\d{3})(?![^ \t])")
_VERSION = re.compile(rb"HTTP/(\d\.\d)(?![^ \t])")
_MOST_PARSED = 1 << 18  # bytes of a head; a hostile server sends fields by the million
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?=[;\r\n])[^\n]*\n")


@dataclass(frozen=True)
class Head:
    """The first part of a message: its start line and fields.

    `length` counts the bytes up to the body, the empty line included. `complete` is false where there is no empty
    line, as in a message that was cut off; then everything belongs to the head.
    """

    start_line: bytes
    fields: tuple[tuple[bytes, bytes], ...]
    length: int
    complete: bool

    @property
    def status(self) -> int | None:
        """Return the status code of a response, or None where the start line has none."""
        match = _STATUS.match(self.start_line)
        return int(match.group(1)) if match else None

    @property
    def version(self) -> str | None:
        """Return the version of HTTP in the start line of a response or request, such as "1.1"."""
        match = _VERSION.match(self.start_line) or _VERSION.match(self.start_line.rpartition(b" ")[2])
        return match.group(1).decode("ascii") if match else None

    def get(self, name: str) -> str | None:
        """Return the value of the first field of that name as text, or None."""
        wanted = name.lower().encode("ascii")
        return next((text_of(value) for key, value in self.fields if key.lower() == wanted), None)

    def tokens(self, name: str) -> list[str]:
        """Return the comma-separated tokens of all fields of that name, in order, in lower case.

        >>> split_head(b"HTTP/1.1 200 OK\\r\\nA: x, Y\\r\\nb: 1\\r\\na: z\\r\\n\\r\\n").tokens("a")
        ['x', 'y', 'z']
        """
        wanted = name.lower().encode("ascii")
        values = [text_of(value) for key, value in self.fields if key.lower() == wanted]
        return [token for value in values for item in value.split(",") if (token := item.strip().lower())]


@dataclass(frozen=True)
class Dechunked:
    """A body without its chunk framing. `complete` is true when the last chunk and the trailers' end were there."""

    data: bytes
    complete: bool


def text_of(raw: bytes) -> str:
    """Decode a field's value: UTF-8 where it is that, else Latin-1, which every byte sequence is.

    >>> text_of("caf\\u00e9".encode()) == text_of(b"caf\\xe9")
    True
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def split_head(message: bytes) -> Head:
    """Part the head of a request or response from its body, which is `message[head.length:]`.

    >>> head = split_head(b"HTTP/1.1 200 Fine\\nX-Odd : a\\n  b\\nno colon\\n\\nbody")
    >>> head.status, head.get("x-odd"), head.length, head.complete
    (200, 'a b', 42, True)
    """
    end = _END_OF_HEAD.search(message)
    length = end.end() if end else len(message)
    lines = [line.removesuffix(b"\r") for line in message[: min(length, _MOST_PARSED)].split(b"\n")]
    found: list[tuple[bytes, list[bytes]]] = []  # names, and their values in the lines that they are folded into
    foldable = False
    for line in lines[1:]:
        if line[:1] in (b" ", b"\t"):
            if foldable:
                found[-1][1].append(line)
            continue
        name, colon, value = line.partition(b":")
        foldable = bool(colon)
        if colon:
            found.append((name.rstrip(b" \t"), [value]))
    fields = tuple((name, parts[0].strip(b" \t") if len(parts) == 1 else _unfolded(parts)) for name, parts in found)
    return Head(start_line=lines[0], fields=fields, length=length, complete=end is not None)


def _unfolded(parts: list[bytes]) -> bytes:
    return b" ".join(filter(None, (part.strip(b" \t") for part in parts)))


def transfer_decode(head: Head, body: bytes) -> Dechunked:
    """Undo the chunked coding of `body`, where `head` says that there is one.

    What is left is the payload of a WARC record: the entity, in its content coding if it has one. Other transfer
    codings (RFC 9112 §7.2, never met and never asked for by us) stay.

    >>> coded = split_head(b"HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n")
    >>> transfer_decode(coded, b"3;ext=1\\r\\nabc\\r\\n0\\r\\nX-Trailer: t\\r\\n\\r\\n")
    Dechunked(data=b'abc', complete=True)
    """
    return dechunk(body) if is_chunked(head) else Dechunked(body, complete=True)


def is_chunked(head: Head) -> bool:
    """Say whether the body is in chunks: whether `chunked` is the last of the transfer codings."""
    return head.tokens("transfer-encoding")[-1:] == ["chunked"]


def dechunk(body: bytes) -> Dechunked:
    """Join the chunks of a body; extensions and trailers go. See the module for broken framing."""
    data = bytearray()  # and no list of parts: a hostile server sends millions of one-byte chunks
    view = memoryview(body)
    position = 0
    while size_line := _CHUNK_SIZE.match(body, position):
        size = int(size_line.group(1), 16)
        start = size_line.end()
        if size == 0:
            return Dechunked(bytes(data), complete=_trailers_end(body, start))
        position = start + size
        data += view[start:position]
        if body.startswith(b"\r\n", position):
            position += 2
        elif body.startswith(b"\n", position):
            position += 1
        else:
            return Dechunked(bytes(data), complete=False)
    return Dechunked(bytes(data) if position else body, complete=False)


def _trailers_end(body: bytes, start: int) -> bool:
    """Say whether the empty line after the trailers, which begin at `start`, is there."""
    return body.startswith((b"\r\n", b"\n"), start) or _END_OF_HEAD.search(body, start) is not None
