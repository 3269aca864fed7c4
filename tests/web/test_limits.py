"""So much a client and minute, and so much at once."""

from __future__ import annotations

import pytest

from web.security import limits as module
from web.security.limits import Limits, Rate, TooMuch


class Now:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def ask(limits: Limits, address: str = "192.0.2.1", times: int = 1) -> None:
    for _ in range(times):
        with limits.one("search", address):
            pass


def test_a_burst_then_so_many_a_minute() -> None:
    now = Now()
    limits = Limits({"search": Rate(a_minute=6, burst=3)}, now)
    ask(limits, times=3)
    with pytest.raises(TooMuch) as much:
        ask(limits)
    assert much.value.seconds == pytest.approx(10)
    now.seconds = 10
    ask(limits)
    with pytest.raises(TooMuch):
        ask(limits)


def test_each_client_has_its_own_and_a_network_of_ipv6_is_one() -> None:
    limits = Limits({"search": Rate(a_minute=6, burst=1)}, Now())
    ask(limits, "192.0.2.1")
    ask(limits, "192.0.2.2")
    ask(limits, "2001:db8::1")
    with pytest.raises(TooMuch):
        ask(limits, "2001:db8::2")


def test_so_many_at_once_by_all_together() -> None:
    limits = Limits({"search": Rate(a_minute=600, burst=100, at_once=1)}, Now())
    with limits.one("search", "192.0.2.1"), pytest.raises(TooMuch):
        ask(limits, "192.0.2.2")
    ask(limits, "192.0.2.2")


def test_what_it_remembers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CLIENTS", 3)
    limits = Limits({"search": Rate(a_minute=6, burst=1)}, Now())
    for number in range(20):
        ask(limits, f"192.0.2.{number}")
    assert len(limits._left) == 3
