"""What an attempt comes to: from what the tap saw and what Scrapy raised."""

from __future__ import annotations

from collections.abc import Iterator

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
)
from service_identity import VerificationError
from twisted.internet.error import ConnectError, DNSLookupError
from twisted.internet.error import TimeoutError as ConnectTimeout
from twisted.python.failure import Failure

from crawlers.capture import Capture
from crawlers.errors import PrivateAddress
from storage.exchange import Outcome

_LONGEST_ERROR = 600


def outcome_of(capture: Capture, received: bytes, failure: BaseException | None) -> tuple[Outcome, str | None]:
    """Return how an attempt ended, and the WARC-Truncated reason where a response was cut off.

    `received` are the bytes of the final response, `failure` is what Scrapy raised, or None.
    """
    causes = list(causes_of(failure)) if failure is not None else []

    def is_any(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    timed_out = is_any(DownloadTimeoutError, ConnectTimeout)
    if received:
        if capture.complete:
            return Outcome.RESPONSE, None
        if timed_out:
            return Outcome.TRUNCATED, "time"
        if capture.overrun or is_any(DownloadCancelledError):
            return Outcome.TRUNCATED, "length"
        return Outcome.TRUNCATED, "disconnect" if capture.lost is not None else "unspecified"
    if is_any(PrivateAddress):
        return Outcome.PRIVATE, None
    if is_any(SSL.Error, VerificationError):
        return Outcome.TLS, None
    if timed_out:
        return Outcome.TIMEOUT, None
    if is_any(CannotResolveHostError, DNSLookupError):
        return Outcome.DNS, None
    if capture.connected:
        return (Outcome.RESET if capture.lost is not None else Outcome.FAILED), None
    return (Outcome.REFUSED if is_any(ConnectError) else Outcome.FAILED), None


def causes_of(failure: BaseException) -> Iterator[BaseException]:
    """Yield an exception and all that is below it: causes, and the reasons that Twisted keeps in a list.

    >>> error = ValueError("outer"); error.__cause__ = OSError("inner")
    >>> [type(cause).__name__ for cause in causes_of(error)]
    ['ValueError', 'OSError']
    """
    waiting: list[BaseException] = [failure]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        reasons = [*(getattr(cause, "reasons", None) or ()), cause.__cause__]
        waiting += [below for below in map(_exception_of, reasons) if below is not None]


def _exception_of(reason: object) -> BaseException | None:
    below = reason.value if isinstance(reason, Failure) else reason
    return below if isinstance(below, BaseException) else None


def in_words(failure: BaseException) -> str:
    """Return a failure and its causes in one line, the outermost first.

    >>> error = ValueError("outer"); error.__cause__ = TimeoutError()
    >>> in_words(error)
    'ValueError: outer <- TimeoutError'
    """
    parts = []
    for cause in causes_of(failure):
        text = " ".join(str(cause).split())
        # Twisted's wrappers print the list of what they wrap, and their causes follow here anyway.
        parts.append(type(cause).__name__ + (f": {text}" if text and "<twisted.python.failure" not in text else ""))
    return " <- ".join(dict.fromkeys(parts))[:_LONGEST_ERROR]
