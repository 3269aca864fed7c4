"""Asking an ASGI app as a browser does, without a socket."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from starlette.types import ASGIApp


class Visitor:
    """A client of one app that keeps its cookies. An error inside the app is an answer, as it is to anybody."""

    def __init__(self, app: ASGIApp, origin: str, address: str = "127.0.0.1") -> None:
        self._app = app
        self._origin = origin
        self._address = address
        self.cookies = httpx.Cookies()

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        return asyncio.run(self._asked(method, path, more))

    async def _asked(self, method: str, path: str, more: dict[str, Any]) -> httpx.Response:
        way = httpx.ASGITransport(self._app, raise_app_exceptions=False, client=(self._address, 50_000))
        async with httpx.AsyncClient(transport=way, base_url=self._origin, cookies=self.cookies) as client:
            answer = await client.request(method, path, **more)
            self.cookies = client.cookies
            return answer


class Crowd(Visitor):
    """Many visitors, of whom each asks once: none of them asks too often."""

    _people = 0

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        self._people += 1
        self._address = f"192.0.{self._people // 250 % 250}.{self._people % 250}"
        return super().request(method, path, **more)
