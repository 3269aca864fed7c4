"""Which addresses are public, and that a resolver hands out no others."""

from __future__ import annotations

import ipaddress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer

from crawlers.resolver import FilteringResolver, why_private

PUBLIC = ["1.1.1.1", "93.184.216.34", "223.5.5.5", "2400:3200::1", "2606:4700:4700::1111", "64:ff9b::808:808"]
PRIVATE = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254"),
    *("172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1"),
    *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::ffff:0:7f00:1", "64:ff9b::7f00:1"),
    *("64:ff9b::c0a8:1", "64:ff9b:1::808:808", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1"),
    *("3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1"),
    *("2400:3200::5efe:10.0.0.1", "2400:3200::200:5efe:10.0.0.1"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_public(address: str) -> None:
    assert why_private(address) is None


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_on_the_public_internet_have_a_reason(address: str) -> None:
    assert why_private(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_in_an_ipv6_address_is_judged_like_itself(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    judged = why_private(str(inner)) is None
    assert (why_private(f"::ffff:{inner}") is None) == judged
    assert (why_private(str(ipaddress.IPv6Address((0x64FF9B << 96) | number))) is None) == judged
    assert (why_private(str(ipaddress.IPv6Address((0x2002 << 112) | (number << 80)))) is None) == judged


@implementer(IHostnameResolver)
class Told:
    """A resolver that answers what it was told to, one list of addresses after the other."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    def resolveHostName(self, receiver: Any, _name: str, port: int = 0, *_rest: Any) -> Any:  # noqa: N802 - Twisted's name
        receiver.resolutionBegan(self)
        for address in self.answers.pop(0):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return self


class Heard:
    """A receiver that keeps what it hears."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: object) -> None: ...  # noqa: N802 - Twisted's name

    def addressResolved(self, address: Any) -> None:  # noqa: N802 - Twisted's name
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's name
        self.complete = True


def ask(resolver: FilteringResolver, name: str) -> list[str]:
    heard = Heard()
    resolver.resolveHostName(heard, name, 80)
    assert heard.complete
    return heard.addresses


def test_only_public_addresses_are_handed_out() -> None:
    resolver = FilteringResolver(Told(["10.0.0.1", "1.1.1.1", "::1", "2400:3200::1"]))
    assert ask(resolver, "mixed.example") == ["1.1.1.1", "2400:3200::1"]
    assert resolver.refusal("mixed.example") is None


def test_a_refusal_names_the_addresses_and_lasts_until_the_next_answer() -> None:
    resolver = FilteringResolver(Told(["10.0.0.1", "::1"], ["1.1.1.1"], []))
    assert ask(resolver, "Inner.Example") == []
    assert "10.0.0.1 (private), ::1 (loopback)" in str(resolver.refusal("inner.example"))
    assert ask(resolver, "inner.example") == ["1.1.1.1"]
    assert resolver.refusal("inner.example") is None
    assert ask(resolver, "inner.example") == []  # now it has no address at all, which is another failure
    assert resolver.refusal("inner.example") is None


def test_the_guard_is_put_over_whatever_resolver_the_reactor_has_but_once() -> None:
    class Reactor:
        nameResolver: Any = Told(["127.0.0.1"])  # noqa: N815 - Twisted's name

        def installNameResolver(self, resolver: Any) -> None:  # noqa: N802 - Twisted's name
            self.nameResolver = resolver

    reactor = Reactor()
    guard = FilteringResolver.guard(reactor)
    assert FilteringResolver.guard(reactor) is guard is reactor.nameResolver
    assert ask(guard, "localhost") == []
