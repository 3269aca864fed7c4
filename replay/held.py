"""Stored bytes that are asked for piece by piece: a film is played by a hundred ranges, and each needs it whole."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

from replay.raw import RawAnswer, raw_answer
from storage.catalog.captured import SavedCapture
from storage.ranged import Ranges

MOST: Final = 48 << 20
"""Bytes of bodies that are held: the largest that we capture (32 MiB), and some beside it."""

_Asked = tuple[str, str, str]


class HeldAnswers:
    """The raw answers of a store, of which those that were asked for by range last are held. For any thread.

    Within a chunked or coded body a range has no place of its own: all of it is fetched and decoded.
    """

    def __init__(self, store: Ranges, most: int = MOST) -> None:
        self._store = store
        self._most = most
        self._lock = threading.Lock()
        self._held: OrderedDict[_Asked, RawAnswer] = OrderedDict()
        self._bytes = 0

    def answer(self, saved: SavedCapture, accepts: str = "", *, by_range: bool = False) -> RawAnswer:
        """Return what `raw_answer` does, and hold it for the next question where this is one for a range."""
        asked = (saved.row.record_id, saved.whole.record_id, accepts)
        with self._lock:
            if asked in self._held:
                self._held.move_to_end(asked)
                return self._held[asked]
        answer = raw_answer(self._store, saved, accepts)
        if by_range and len(answer.body) <= self._most:
            self._hold(asked, answer)
        return answer

    def _hold(self, asked: _Asked, answer: RawAnswer) -> None:
        with self._lock:
            if asked in self._held:
                return
            self._held[asked] = answer
            self._bytes += len(answer.body)
            while self._bytes > self._most:
                _, oldest = self._held.popitem(last=False)
                self._bytes -= len(oldest.body)
