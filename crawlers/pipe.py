"""Objects from process to process over a socket: each message in one system call where the kernel takes it whole.

multiprocessing's connections write a long message's length by itself, and so wake the reader twice. Both ends are ours:
what is read here was written by the process that forked this one, or by the one that it forked.
"""

from __future__ import annotations

import pickle
import socket
from typing import Any, Final

_LENGTH: Final = 8
_STEP: Final = 1 << 18


class Pipe:
    """One end of a pipe that goes both ways. What fails raises OSError; EOFError where the other end is gone."""

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._read = bytearray()

    def fileno(self) -> int:
        """Return the descriptor, readable when something came."""
        return self._socket.fileno()

    def send(self, message: object) -> None:
        """Send an object; waits where the other end is far behind."""
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        sent = self._socket.sendmsg((len(data).to_bytes(_LENGTH, "little"), data))
        if sent < _LENGTH + len(data):
            rest = len(data).to_bytes(_LENGTH, "little") + data
            self._socket.sendall(memoryview(rest)[sent:])

    def receive(self) -> Any:
        """Return the next object; waits for it."""
        while not self.has_message():
            self._take()
        size = int.from_bytes(self._read[:_LENGTH], "little")
        message = pickle.loads(memoryview(self._read)[_LENGTH : _LENGTH + size])  # noqa: S301 - see above
        del self._read[: _LENGTH + size]
        return message

    def has_message(self) -> bool:
        """Say whether a whole object is here already, so that `receive` would not wait."""
        size = int.from_bytes(self._read[:_LENGTH], "little")
        return len(self._read) >= _LENGTH + size > _LENGTH

    def close(self) -> None:
        """Close this end."""
        self._socket.close()

    def _take(self) -> None:
        came = self._socket.recv(_STEP)
        if not came:
            raise EOFError("the other process has ended")
        self._read += came
