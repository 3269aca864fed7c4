"""Pictures made of a seed: real PNG files of a weight that real ones have."""

from __future__ import annotations

import hashlib
import struct
import zlib

WIDTH, HEIGHT = 176, 118


def png(seed: str) -> bytes:
    """Return a PNG (ISO/IEC 15948) of a sky, a ground and some grain, 30 to 60 kB, the same for the same seed."""
    tint = hashlib.sha256(seed.encode()).digest()
    grain = hashlib.shake_128(seed.encode()).digest(WIDTH * HEIGHT * 3)
    horizon = HEIGHT // 3 + tint[0] % (HEIGHT // 3)
    rows = bytearray()
    for y in range(HEIGHT):
        rows.append(0)  # filter type: none
        base = tint[1:4] if y < horizon else tint[4:7]
        light = 40 - 40 * y // HEIGHT
        start = y * WIDTH * 3
        rows += bytes(
            min(255, base[i % 3] // 2 + light + (grain[start + i] & 0x3F)) for i in range(WIDTH * 3)
        )  # six noisy bits of eight: a photograph's worth of bytes that don't compress
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 6)) + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
