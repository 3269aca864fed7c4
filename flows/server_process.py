"""The process of our own Prefect server: `python -m flows.server_process FD`.

FD is a socket that listens already. The process ends when its standard input is closed, which the kernel does when
whoever started it dies, however that happens. (PR_SET_PDEATHSIG would do it on Linux only, and is bound to the thread
that started the process, not to its parent.)
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time

SECONDS_TO_CLOSE = 10.0


def main(fd: int) -> None:
    """Serve Prefect's API, user interface and services (scheduler, late runs, triggers) on the given socket."""
    threading.Thread(target=_end_with_standard_input, daemon=True).start()
    import uvicorn
    from prefect.server.api.server import create_app

    config = uvicorn.Config(
        create_app(final=True),
        log_level="warning",
        timeout_graceful_shutdown=5,  # runners keep websockets open: without a limit it would wait for them
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=fd)])


def _end_with_standard_input() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_CLOSE)
    os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
