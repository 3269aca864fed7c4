"""What can go wrong between the steps of a crawl.

PalimpsestError
└── FlowError
    ├── StateUnusable
    ├── SpoolUnreadable
    ├── CrawlAlreadyRunning
    ├── ServerNotStarted
    ├── ServerUnreachable
    ├── ScheduleAlreadyRunning
    ├── DeploymentRefused
    ├── WorkPoolMissing
    └── ServerPlansNothing
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from config.errors import PalimpsestError


class FlowError(PalimpsestError):
    """A crawl could not be taken from one step to the next."""


class StateUnusable(FlowError):
    """The folder of what this machine knows itself cannot be made, or not be written to."""

    exit_code = 2

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"the state of this machine can't be kept in {folder}: {why}. Set PALIMPSEST_STATE to a folder on a local "
            "disk that this user may write to"
        )


class SpoolUnreadable(FlowError):
    """A crawl's folder does not say whose crawl it is. Its WARCs are whole and are not touched."""

    def __init__(self, path: Path, why: Exception) -> None:
        super().__init__(
            f"{path} can't be read ({type(why).__name__}: {why}). The WARCs beside it are kept. "
            "Restore the file from another spool's shape (docs/operate.md), or move the folder away to go on without it"
        )


class CrawlAlreadyRunning(FlowError):
    """Another process on this machine is crawling the outlet."""

    def __init__(self, outlet_id: str, holder: str) -> None:
        super().__init__(
            f"{outlet_id} is being crawled already ({holder}). One crawl an outlet at a time: "
            "wait for it, or end its process; the next crawl recovers what it had"
        )


class ServerNotStarted(FlowError):
    """Our own Prefect server did not come up."""

    def __init__(self, log: Path, why: str) -> None:
        super().__init__(f"Prefect's server could not be started: {why}. What it said is at the end of {log}")


class ServerUnreachable(FlowError):
    """The Prefect server that PREFECT_API_URL names does not answer."""

    exit_code = 2

    def __init__(self, api_url: str) -> None:
        super().__init__(
            f"no Prefect server answers under {api_url}. Start it, mend PREFECT_API_URL, "
            "or unset PREFECT_API_URL to have a server of our own"
        )


class ScheduleAlreadyRunning(FlowError):
    """Another process of this machine keeps the schedules of this archive."""

    exit_code = 2

    def __init__(self, state: Path) -> None:
        super().__init__(
            f"another `palimpsest schedule` runs on {state}. One process keeps an archive's schedules on a machine: "
            "end that one first"
        )


class DeploymentRefused(FlowError):
    """The Prefect server did not take an outlet's deployment."""

    def __init__(self, name: str, why: object) -> None:
        super().__init__(f"the Prefect server refused the deployment {name}: {why}")


class WorkPoolMissing(FlowError):
    """The Prefect server knows no such work pool."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no work pool {name}. Make one: prefect work-pool create {name} --type process")


class ServerPlansNothing(FlowError):
    """The Prefect server answers, and makes no runs of the schedules it was given."""

    def __init__(self, outlets: Sequence[str]) -> None:
        super().__init__(
            f"the Prefect server plans no run for {', '.join(outlets)}. Its log says why "
            "(prefect/server.log in the state); its packages must be those of requirements/main.txt"
        )
