"""Serve the demo outlet to a browser: `python -m demo [--port 8790] [--day N]`, until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
import threading

from demo.script import DAYS, EVENTS
from demo.server import DemoServer, PortTaken


def main() -> int:
    """Serve, say where, and what the script does on that day. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8790, help="0 takes any free port (default %(default)s)")
    parser.add_argument("--day", type=int, default=0, choices=range(DAYS), help="the day of the script")
    parser.add_argument("--frozen", action="store_true", help="keep the shared parts of all pages as on day 0")
    wanted = parser.parse_args()
    try:
        with DemoServer(wanted.port, wanted.day, frozen=wanted.frozen) as site:
            sys.stdout.write(f"day {wanted.day} at {site.url}/ (Ctrl-C ends it)\n")
            for event in EVENTS:
                if event.day == wanted.day:
                    sys.stdout.write(f"  {event.kind:12} {site.url}{event.path} {', '.join(event.fields)}\n")
            sys.stdout.flush()
            threading.Event().wait()
    except KeyboardInterrupt:
        return 0
    except PortTaken as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
