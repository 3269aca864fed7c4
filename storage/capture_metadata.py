"""The metadata record that ends each group of a WARC: what the exchange's own bytes do not tell of a capture.

`application/warc-fields`, one fact a line. The rows of `captures.parquet` are made from it, for a live WARC as for one
that was recovered or copied from elsewhere, so every fact that a row needs and HTTP does not give stands here:

    format            palimpsest-capture/1; the block is ours only where this line says so
    role, purpose, outcome        as in storage.exchange
    attempts, duration-ms         numbers; conditional, complete: yes | no
    via, article-key, article-url, error, truncated       where known
    body-digest, body-length      of the content-decoded body; body-problem: why there is none
    tls, tls-cipher               such as TLSv1.3
    announced         name=value, repeated: what the source said of the page
    interim           base64 of the 1xx heads that came before the response
    certificate       base64 of a DER certificate, repeated, the server's own first; once a crawl for a host

A later version may add lines; none of these will change its meaning.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeVar

from storage.entity import Entity
from storage.exchange import Exchange, Outcome, Purpose, Role
from storage.warc_fields import field, format_fields, target_uri

FORMAT: Final = "palimpsest-capture/1"
_OUR_FORMAT: Final = "palimpsest-capture/"
_OURS: Final = {
    *("format", "role", "purpose", "outcome", "attempts", "duration-ms", "conditional", "complete", "truncated"),
    *("via", "article-key", "article-url", "error", "tls", "tls-cipher", "body-digest", "body-length", "body-problem"),
    *("announced", "interim", "certificate"),
}
_Word = TypeVar("_Word", bound=Enum)


@dataclass(frozen=True)
class CaptureFacts:
    """What a row takes from the metadata record."""

    role: Role
    purpose: Purpose
    outcome: Outcome
    attempts: int
    conditional: bool
    via: str | None
    key: str | None
    article_url: str | None
    error: str | None
    truncated: str | None
    body_digest: str | None
    body_length: int | None


def metadata_block(exchange: Exchange, entity: Entity | None, *, outcome: Outcome, truncated: str | None) -> bytes:
    """Return the block of an exchange's metadata record. `entity` is its response's, where that has a body
    of its own to tell of.

    Raises ValueError where `exchange.extra` has a name that is no token, or one of ours.
    """
    lines: list[tuple[str, str | None]] = [
        ("format", FORMAT),
        ("role", exchange.role),
        ("purpose", exchange.purpose),
        ("outcome", outcome),
        ("attempts", str(exchange.attempts)),
        ("duration-ms", str(exchange.duration_ms)),
        ("conditional", "yes" if exchange.conditional else "no"),
        ("complete", "yes" if exchange.complete else "no"),
        ("truncated", truncated),
        ("via", exchange.via and target_uri(exchange.via)),
        ("article-key", exchange.key),
        ("article-url", exchange.article_url and target_uri(exchange.article_url)),
        ("error", exchange.error),
        ("tls", exchange.tls),
        ("tls-cipher", exchange.tls_cipher),
    ]
    if entity is not None:
        lines.append(("body-digest", entity.body_digest))
        lines.append(("body-length", None if entity.body_digest is None else str(len(entity.body.data))))
        lines.append(("body-problem", entity.body.problem))
    lines.extend(("announced", f"{name}={value}") for name, value in exchange.announced)
    if exchange.interim:
        lines.append(("interim", b64encode(exchange.interim).decode("ascii")))
    lines.extend(("certificate", b64encode(certificate).decode("ascii")) for certificate in exchange.certificates)
    for name, value in exchange.extra:
        if name.lower() in _OURS:
            raise ValueError(f"{name!r} is a field of our own and cannot be an extra line of a metadata record")
        lines.append((name, value))
    return format_fields((name, value) for name, value in lines if value)


def is_ours(fields: Sequence[tuple[str, str]]) -> bool:
    """Say whether the fields of a metadata record are those of a capture of ours."""
    return (field(fields, "format") or "").startswith(_OUR_FORMAT)


def facts_of(fields: Sequence[tuple[str, str]]) -> CaptureFacts:
    """Read the fields of a metadata record of ours. Raises ValueError, which names the field and its value."""
    values: dict[str, str] = {}
    for name, value in fields:
        values.setdefault(name.lower(), value)
    return CaptureFacts(
        role=_word(Role, values, "role"),
        purpose=_word(Purpose, values, "purpose"),
        outcome=_word(Outcome, values, "outcome"),
        attempts=_number(values, "attempts") or 0,
        conditional=values.get("conditional") == "yes",
        via=values.get("via"),
        key=values.get("article-key"),
        article_url=values.get("article-url"),
        error=values.get("error"),
        truncated=values.get("truncated"),
        body_digest=values.get("body-digest"),
        body_length=_number(values, "body-length"),
    )


def _word(words: type[_Word], values: dict[str, str], name: str) -> _Word:
    try:
        return words(values[name])
    except KeyError:
        raise ValueError(f"its metadata record has no field {name!r}") from None
    except ValueError:
        raise ValueError(f"{values[name][:40]!r} is no {name} that this version of Palimpsest knows") from None


def _number(values: dict[str, str], name: str) -> int | None:
    value = values.get(name)
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 18):
        raise ValueError(f"{name} is {value[:40]!r}, which is no number")
    return int(value)
