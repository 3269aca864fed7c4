"""What is sent with every answer, whatever it is: by the window, and at least by the hosts of archived content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.origins import Origins

_POLICY: Final = b"content-security-policy"


class AtLeast:
    """Adds headers to each answer of an app that has none of the name, and who may frame it to every policy without.

    One of the headers is a policy, so that each answer has one.
    """

    def __init__(self, app: ASGIApp, headers: Mapping[str, str], ancestors: str) -> None:
        self._app = app
        self._headers = [(name.lower().encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
        self._ancestors = f"; frame-ancestors {ancestors}".encode("ascii")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                # The list itself: Starlette's wrapper goes through all of it for each name, a tenth of a raw answer.
                headers = [(name.lower(), value) for name, value in message["headers"]]
                there = {name for name, _ in headers}
                headers += [header for header in self._headers if header[0] not in there]
                message["headers"] = [
                    (name, value + self._ancestors)
                    if name == _POLICY and b"frame-ancestors" not in value
                    else (name, value)
                    for name, value in headers
                ]
            await send(message)

        await self._app(scope, receive, sending)


class NotKept:
    """Lets browsers keep no page of an app: after signing out, going back must show nothing. What pages embed stays."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, sending)


_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # frame-ancestors for browsers of old
    "Referrer-Policy": "no-referrer",  # addresses of pages name what somebody looks into
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class SecurityHeaders:
    """Adds the headers to each answer of the app. No script runs, nothing is embedded but the archive's host.

    `caching` is what browsers may keep of an answer that says nothing of it itself.
    """

    def __init__(self, app: ASGIApp, origins: Origins, caching: str) -> None:
        self._app = app
        self._caching = caching
        policy = {
            "default-src": "'none'",
            "style-src": "'self'",
            "img-src": "'self' data:",
            "frame-src": f"'self' {origins.archive}",  # itself: the hand-over leads from here to the archive's host
            "form-action": f"'self' {origins.archive}",  # a login may lead on to the archive's host
            "base-uri": "'none'",
            "frame-ancestors": "'none'",
        }
        self._headers = {
            **_ALWAYS,
            "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", self._caching)
            await send(message)

        await self._app(scope, receive, sending)
