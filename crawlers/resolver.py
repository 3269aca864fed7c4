"""The name resolver that keeps a crawl out of private networks.

A page can name any host, and a name server can give any address for it, another one at every question (DNS rebinding).
So addresses are judged, not names, and at the one place where they are turned into connections: Twisted connects to
exactly the addresses that the reactor's name resolver hands out, for literal addresses in URLs too, and for each hop of
a redirect. Those that are not on the public Internet are not handed out.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any, Final

from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.errors import PrivateAddress

# IPv6 addresses that stand for an IPv4 address, and where it is in them (bits from the right).
_EMBEDDED: Final = (
    (ipaddress.ip_network("::ffff:0:0/96"), 0, "IPv4-mapped"),
    (ipaddress.ip_network("::ffff:0:0:0/96"), 0, "IPv4-translated"),  # RFC 2765
    (ipaddress.ip_network("64:ff9b::/96"), 0, "NAT64"),  # RFC 6052
    (ipaddress.ip_network("2002::/16"), 80, "6to4"),  # RFC 3056
)
# Not public, whatever they embed; Python's tables differ between its versions here.
_REFUSED: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b:1::/48",  # local NAT64, RFC 8215
        "2001::/32",  # Teredo: a tunnel to anywhere, RFC 4380
        "::/96",  # IPv4-compatible, deprecated by RFC 4291
        "fec0::/10",  # site-local, deprecated by RFC 3879
        "3fff::/20",  # documentation, RFC 9637
        "5f00::/16",  # segment routing, RFC 9602
        "192.88.99.0/24",  # 6to4 relays, deprecated by RFC 7526
    )
)


def why_private(address: str) -> str | None:
    """Return why an address is not on the public Internet, or None if it is.

    >>> why_private("8.8.8.8") is None, why_private("2606:4700::1111") is None
    (True, True)
    >>> why_private("127.0.0.1")
    'loopback'
    >>> why_private("64:ff9b::a00:1")
    'NAT64 of 10.0.0.1, which is private'
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    for network, shift, name in _EMBEDDED:
        if ip in network:
            inner = ipaddress.IPv4Address((int(ip) >> shift) & 0xFFFFFFFF)
            reason = why_private(str(inner))
            return reason and f"{name} of {inner}, which is {reason}"
    kinds = ("loopback", "link_local", "unspecified", "multicast", "private", "reserved")
    for kind in kinds:
        if getattr(ip, f"is_{kind}"):
            return kind.replace("_", "-")
    if not ip.is_global or any(ip in network for network in _REFUSED):
        return "reserved"
    # ISATAP (RFC 5214): the last 32 bits of the interface identifier are an IPv4 address.
    if ip.version == 6 and (int(ip) >> 32) & 0xFDFFFFFF == 0x00005EFE:
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        reason = why_private(str(inner))
        return reason and f"ISATAP of {inner}, which is {reason}"
    return None


@implementer(IHostnameResolver)
class FilteringResolver:
    """Hands out the public ones of the addresses that another resolver finds.

    `refusal(host)` tells, after a connection failed for want of an address, whether this was the reason.
    """

    def __init__(self, resolver: Any) -> None:  # an IHostnameResolver, which mypy cannot know without zope's stubs
        self._resolver = resolver
        self._refused: dict[str, str] = {}  # host → what was refused at its last resolution

    @classmethod
    def guard(cls, reactor: Any) -> FilteringResolver:
        """Return the reactor's filtering resolver; put one over its present resolver where there is none."""
        present = reactor.nameResolver
        if isinstance(present, cls):
            return present
        guard = cls(present)
        reactor.installNameResolver(guard)
        return guard

    def refusal(self, host: str) -> PrivateAddress | None:
        """Return the refusal of every address of this host at its last resolution, or None."""
        refused = self._refused.get(host.lower())
        if refused is None:
            return None
        return PrivateAddress(
            f"{host} leads to {refused}: nothing was sent. Set allow_private in the outlet file if this is meant"
        )

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803 - Twisted's name
        hostName: str,  # noqa: N803 - Twisted's name
        portNumber: int = 0,  # noqa: N803 - Twisted's name
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803 - Twisted's name
        transportSemantics: str = "TCP",  # noqa: N803 - Twisted's name
    ) -> IHostResolution:
        """Resolve a name as the resolver below does, and pass on what is public."""
        self._refused.pop(hostName.lower(), None)
        resolution: IHostResolution = self._resolver.resolveHostName(
            _PublicOnly(resolutionReceiver, hostName.lower(), self._refused),
            hostName,
            portNumber,
            addressTypes,
            transportSemantics,
        )
        return resolution


class _PublicOnly:
    """Passes the public addresses of one resolution on."""

    def __init__(self, receiver: Any, host: str, refusals: dict[str, str]) -> None:
        self._receiver = receiver
        self._host = host
        self._refusals = refusals
        self._refused: list[str] = []
        self._passed = False

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802 - Twisted's name
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802 - Twisted's name
        reason = why_private(address.host)
        if reason is None:
            self._passed = True
            self._receiver.addressResolved(address)
        else:
            self._refused.append(f"{address.host} ({reason})")

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's name
        if self._refused and not self._passed:
            self._refusals[self._host] = ", ".join(dict.fromkeys(self._refused))
        self._receiver.resolutionComplete()
