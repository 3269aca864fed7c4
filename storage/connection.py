"""What is known of an exchange's place and connection, as fields of its WARC records."""

from __future__ import annotations

import ipaddress
import re
from typing import Final

from storage.exchange import Exchange
from storage.http_message import Head
from storage.instants import format_instant
from storage.warc_fields import target_uri

_TLS: Final = re.compile(r"TLSv(\d)(?:\.(\d))?")


def place_fields(exchange: Exchange, warcinfo_id: str) -> tuple[tuple[str, str], ...]:
    """Return what all records of the group share: file, URL, moment, address."""
    address = canonical_address(exchange.ip)
    return (
        ("WARC-Warcinfo-ID", f"<{warcinfo_id}>"),
        ("WARC-Target-URI", target_uri(exchange.url)),
        ("WARC-Date", format_instant(exchange.started_at)),
        *((("WARC-IP-Address", address),) if address else ()),
    )


def connection_fields(exchange: Exchange, head: Head) -> tuple[tuple[str, str], ...]:
    """Return the protocols, in the names that ALPN gives them, and the cipher: proposed to the IIPC, and in use."""
    fields = [("WARC-Protocol", f"http/{head.version}")] if head.version else []
    if exchange.tls and (match := _TLS.match(exchange.tls)):
        fields.append(("WARC-Protocol", f"tls/{match.group(1)}.{match.group(2) or 0}"))
    if exchange.tls_cipher:
        fields.append(("WARC-Cipher-Suite", exchange.tls_cipher))
    return tuple(fields)


def canonical_address(ip: str | None) -> str | None:
    """Return an IP address in its canonical form (RFC 5952 for IPv6, without a zone), None where it is none.

    >>> canonical_address("FE80:0::1%eth0")
    'fe80::1'
    """
    try:
        return str(ipaddress.ip_address(ip.partition("%")[0])) if ip else None
    except ValueError:
        return None
