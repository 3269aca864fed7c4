"""What a response carried: its payload as the WARC standard means it, its body as a reader is given it, and digests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from storage.codings import MAX_BODY, Decoded, content_decode
from storage.digests import sha256
from storage.errors import BodyTooLarge
from storage.http_message import Head, split_head, transfer_decode


@dataclass(frozen=True)
class Entity:
    """A response taken apart; digests are made when they are first asked for.

    `payload` is transfer-decoded and still content-encoded. `whole` is false where the head has no end or chunks are
    missing; whether a body without chunks is whole only the tap knows.
    """

    head: Head
    payload: bytes
    whole: bool

    @cached_property
    def payload_digest(self) -> str:
        """Return the digest of the payload."""
        return sha256(self.payload)

    @cached_property
    def body(self) -> Decoded:
        """Return the content-decoded body. A decompression bomb gives none, and says so as its problem."""
        codings = self.head.tokens("content-encoding")
        if not codings:
            return Decoded(self.payload)
        try:
            return content_decode(codings, self.payload, limit=MAX_BODY)
        except BodyTooLarge as bomb:
            return Decoded(b"", str(bomb))

    @cached_property
    def body_digest(self) -> str | None:
        """Return the digest of the content-decoded body, None where it cannot be decoded to its end."""
        if self.body.problem is not None:
            return None
        return self.payload_digest if self.body.data is self.payload else sha256(self.body.data)


def entity_of(response: bytes) -> Entity:
    """Take the bytes of a response apart (RFC 9112). Never fails: what cannot be understood is payload.

    >>> entity_of(b"HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabc\\r\\n0\\r\\n\\r\\n").payload
    b'abc'
    """
    head = split_head(response)
    decoded = transfer_decode(head, response[head.length :])
    return Entity(head=head, payload=decoded.data, whole=head.complete and decoded.complete)
