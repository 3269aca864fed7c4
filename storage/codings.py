"""Undoing the content codings of a body, within a limit: what a browser would have shown before any charset.

gzip and deflate by the standard library, br where a brotli library is installed. A body that lies about its coding, or
that ends too soon, gives what could be decoded and the reason why that is not all.
"""

from __future__ import annotations

import importlib
import zlib
from dataclasses import dataclass
from typing import Final

import deflate

from storage.errors import BodyTooLarge

MAX_BODY: Final = 128 * 1024 * 1024  # four times the most that a crawl takes from the wire for one response
_STEP: Final = 1 << 16
_RATIO: Final = 1032  # the most that deflate can do
_MEMBERS: Final = 1000  # of one gzip body; each costs a start, which a hostile server could ask for by the million


@dataclass(frozen=True)
class Decoded:
    """A decoded body. `problem` is None, or says in words why `data` is not the whole of it."""

    data: bytes
    problem: str | None = None


def content_decode(codings: list[str], data: bytes, *, limit: int = MAX_BODY) -> Decoded:
    """Undo the content codings, given in the order in which they were applied (as in Content-Encoding).

    Raises BodyTooLarge when a step of it would give more than `limit` bytes.

    >>> content_decode(["identity"], b"as it is")
    Decoded(data=b'as it is', problem=None)
    >>> content_decode(["gzip"], b"not gzip").problem
    'the body is not gzip, as its header says'
    """
    for coding in reversed(codings):
        if coding == "identity" or not data:
            continue
        decoded = _undo(coding, data, limit)
        if decoded.problem is not None:
            return decoded
        data = decoded.data
    return Decoded(data)


def _undo(coding: str, data: bytes, limit: int) -> Decoded:
    match coding:
        case "gzip" | "x-gzip":
            return _ungzipped(data, limit) or _inflated(coding, data, limit, zlib.MAX_WBITS | 16)
        case "deflate":
            # RFC 9110 §8.4.1.2 means the zlib format; servers that send bare deflate are as old as the web.
            zlib_header = len(data) > 1 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
            return _inflated(coding, data, limit, zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS)
        case "br":
            return _unbrotlied(data, limit)
        case _:
            return Decoded(b"", f"the content coding {coding[:40]!r} is not known here")


def _ungzipped(data: bytes, limit: int) -> Decoded | None:
    """Undo a body that is one gzip member and nothing else, as most are, in half of zlib's time; None for others."""
    size = int.from_bytes(data[-4:], "little")
    # A size of 0 makes the library give nothing, unchecked; one beyond what deflate can do is not the trailer's.
    if not 0 < size <= min(limit, len(data) * _RATIO):
        return None
    try:
        decoded = deflate.gzip_decompress(data, size)
    except deflate.DeflateError:
        return None
    trailer = deflate.crc32(decoded).to_bytes(4, "little") + len(decoded).to_bytes(4, "little")
    return Decoded(bytes(decoded)) if data.endswith(trailer) else None


def _inflated(coding: str, data: bytes, limit: int, wbits: int) -> Decoded:
    out = bytearray()
    position = 0
    for _ in range(_MEMBERS):
        stream = zlib.decompressobj(wbits)
        try:
            while position < len(data) and not stream.eof:
                # In slices, as zlib copies what it did not consume each time.
                piece = data[position : position + _STEP]
                position += len(piece)
                while piece and not stream.eof:
                    out += stream.decompress(piece, _STEP)
                    piece = stream.unconsumed_tail
                    if len(out) > limit:
                        raise BodyTooLarge(f"a {coding} body of {len(data)} bytes decodes to more than {limit}")
        except zlib.error:
            problem = "is broken" if out else f"is not {coding}, as its header says"
            return Decoded(bytes(out), f"the body {problem}")
        if not stream.eof:
            return Decoded(bytes(out), "the body ends before its coding does")
        position -= len(stream.unused_data)
        # gzip may have several members (RFC 1952 §2.2); what follows the last is ignored, as browsers do.
        if not (wbits & 16 and data.startswith(b"\x1f\x8b", position)):
            return Decoded(bytes(out))
    return Decoded(bytes(out), f"the body has more than {_MEMBERS} gzip members")


def _unbrotlied(data: bytes, limit: int) -> Decoded:
    try:
        brotli = importlib.import_module("brotli")
    except ImportError:
        return Decoded(b"", "the content coding 'br' needs the package brotli, which is not installed")
    out = bytearray()
    stream = brotli.Decompressor()
    piece = data
    try:
        while True:
            out += stream.process(piece, output_buffer_limit=_STEP)
            if len(out) > limit:
                raise BodyTooLarge(f"a br body of {len(data)} bytes decodes to more than {limit}")
            if stream.is_finished():
                return Decoded(bytes(out))
            if stream.can_accept_more_data():
                return Decoded(bytes(out), "the body ends before its coding does")
            piece = b""
    except brotli.error:
        return Decoded(bytes(out), "the body is broken" if out else "the body is not br, as its header says")
