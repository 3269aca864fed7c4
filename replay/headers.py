"""What is sent of an archived response's head: nothing of it live but what describes the bytes.

All other fields are sent as `X-Archive-Orig-<name>`, so that an archived `Set-Cookie`, `Content-Security-Policy`,
`Strict-Transport-Security`, `Clear-Site-Data`, `Link`, `Refresh` or `Service-Worker-Allowed` is there to be read and
does nothing. Names and values come from strangers: what is no token, or would end a line, is not sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

PREFIX: Final = "X-Archive-Orig-"
MOST_FIELDS: Final = 64  # Python's http.client takes a hundred in all
MOST_BYTES: Final = 16_384  # in all: many clients take no more than 64 KiB of head

Headers = list[tuple[bytes, bytes]]

_TOKEN: Final = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}")
_CONTROLS: Final = re.compile(rb"[\x00-\x1f\x7f]+")


def safe_value(value: bytes) -> bytes:
    """Return a value that stays on its line. Bytes above ASCII are kept: they mean what the client takes them for.

    >>> safe_value(b"a\\r\\nSet-Cookie: b")
    b'a Set-Cookie: b'
    """
    return _CONTROLS.sub(b" ", value).strip(b" ")


def original_headers(fields: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Return the fields of an archived head under their prefixed names, in order, repeated ones too.

    >>> original_headers([(b"Set-Cookie", b"a=1"), (b"b\\r\\nad", b"")])
    [(b'X-Archive-Orig-Set-Cookie', b'a=1')]
    """
    sent: Headers = []
    size = 0
    left_out = 0
    prefix = PREFIX.encode("ascii")
    for name, value in fields:
        if not _TOKEN.fullmatch(name):
            continue
        value = safe_value(value)
        size += len(name) + len(value)
        if len(sent) == MOST_FIELDS or size > MOST_BYTES:
            left_out += 1
            continue
        sent.append((prefix + name, value))
    if left_out:
        sent.append((b"X-Archive-Fields-Left-Out", b"%d" % left_out))
    return sent
