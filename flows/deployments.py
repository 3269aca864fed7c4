"""An outlet's deployment: the flow with the outlet's id, its schedule in its own time zone, and one run at a time.

A deployment is written only when something about it changed. Prefect deletes and makes anew the runs of a deployment
that is written again, and for one tick there may be two of each (prefect-operator#301); and it would undo what a person
set in Prefect's window. Its version is the hash of what we wrote, so that a change is seen without comparing fields.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate, DeploymentUpdate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.client.schemas.objects import ConcurrencyLimitStrategy, ConcurrencyOptions
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError
from prefect.flows import Flow
from prefect.utilities.callables import parameter_schema

from config.outlet import Outlet
from flows.errors import DeploymentRefused

ROOT = Path(__file__).resolve().parents[1]
TAG = "palimpsest"
SLUG = "outlet-file"  # of the one schedule of a deployment: it stays the same schedule when its line changes
FORMAT = 1  # rises when what we write changes its shape


@dataclass(frozen=True)
class Deployment:
    """A deployment as we want it. `entrypoint` is dotted: for a path Prefect would put the folder `flows/` on the
    import path of the run, where `flows.errors` is `errors` and shadows whoever has that name."""

    flow_name: str
    name: str
    entrypoint: str
    outlet: str
    cron: str
    timezone: str
    archive_id: str
    parameter_schema: dict[str, Any]
    work_pool: str | None = None

    @property
    def full_name(self) -> str:
        """What `prefect deployment run` takes."""
        return f"{self.flow_name}/{self.name}"

    @property
    def tags(self) -> list[str]:
        """Tags that say whose it is; runs inherit them."""
        return [TAG, archive_tag(self.archive_id), f"outlet:{self.outlet}"]

    @property
    def version(self) -> str:
        """The hash of all that is written."""
        written = json.dumps(
            [FORMAT, str(ROOT), *(getattr(self, name) for name in sorted(self.__dataclass_fields__))], sort_keys=True
        )
        return hashlib.sha256(written.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Written:
    """A deployment on the server. `what` is "new", "changed" or "as it was"."""

    id: UUID
    deployment: Deployment
    what: str
    paused: bool


def archive_tag(archive_id: str) -> str:
    """Return the tag of everything on a server that belongs to one archive."""
    return f"archive:{archive_id}"


def deployment_of(outlet: Outlet, flow: Flow[..., Any], archive_id: str, *, work_pool: str | None = None) -> Deployment:
    """Return the deployment that an outlet's file asks for.

    Its name has the beginning of the archive's id, because one server may serve several archives of one outlet.
    """
    return Deployment(
        flow_name=flow.name,
        name=f"{outlet.id}-{archive_id[:8]}",
        entrypoint=f"{flow.fn.__module__}.{flow.fn.__name__}",
        outlet=outlet.id,
        cron=outlet.schedule,
        timezone=outlet.timezone,
        archive_id=archive_id,
        parameter_schema=parameter_schema(flow).model_dump(exclude_unset=True),
        work_pool=work_pool,
    )


async def find_deployment(client: PrefectClient, wanted: Deployment) -> UUID | None:
    """Return the id under which the server knows the deployment, or None."""
    try:
        return (await client.read_deployment_by_name(wanted.full_name)).id
    except ObjectNotFound:
        return None


async def write_deployment(client: PrefectClient, wanted: Deployment) -> Written:
    """Make the deployment on the server what is wanted; do nothing where it is. Raises DeploymentRefused."""
    try:
        try:
            found = await client.read_deployment_by_name(wanted.full_name)
        except ObjectNotFound:
            return Written(await _create(client, wanted), wanted, "new", paused=False)
        if found.version == wanted.version:
            return Written(found.id, wanted, "as it was", paused=is_paused(found))
        await _update(client, found, wanted)
        return Written(found.id, wanted, "changed", paused=is_paused(found))
    except PrefectHTTPStatusError as refused:
        raise DeploymentRefused(wanted.full_name, refused) from refused


async def pause_forsaken(client: PrefectClient, archive_id: str, outlets: Iterable[str]) -> list[str]:
    """Pause the deployments of this archive whose outlets are not among `outlets`, and return the names of those.

    Their schedules would go on making runs that nobody starts.
    """
    known = {f"outlet:{outlet}" for outlet in outlets}
    ours = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG, archive_tag(archive_id)]))
    paused = []
    for found in await client.read_deployments(deployment_filter=ours, limit=200):
        if not known.intersection(found.tags) and not found.paused:
            await client.pause_deployment(found.id)
            paused.append(found.name)
    return paused


async def _create(client: PrefectClient, wanted: Deployment) -> UUID:
    return await client.create_deployment(
        flow_id=await client.create_flow_from_name(wanted.flow_name),
        name=wanted.name,
        version=wanted.version,
        schedules=[_schedule(wanted)],
        concurrency_limit=1,
        concurrency_options=_one_at_a_time(),
        parameters={"outlet": wanted.outlet},
        description=_description(wanted),
        tags=wanted.tags,
        entrypoint=wanted.entrypoint,
        path=None,
        pull_steps=_pull_steps(wanted),
        work_pool_name=wanted.work_pool,
        parameter_openapi_schema=wanted.parameter_schema,
        enforce_parameter_schema=True,
    )


async def _update(client: PrefectClient, found: DeploymentResponse, wanted: Deployment) -> None:
    await client.update_deployment(
        found.id,
        DeploymentUpdate.model_validate(
            {
                "version": wanted.version,
                "schedules": [_schedule(wanted).model_dump(mode="json", exclude_unset=True)],
                "concurrency_limit": 1,
                "concurrency_options": _one_at_a_time(),
                "parameters": {"outlet": wanted.outlet},
                "description": _description(wanted),
                "tags": wanted.tags,
                "entrypoint": wanted.entrypoint,
                "path": None,
                "pull_steps": _pull_steps(wanted),
                "work_pool_name": wanted.work_pool,
                "parameter_openapi_schema": wanted.parameter_schema,
                "enforce_parameter_schema": True,
            }
        ),
    )


def _schedule(wanted: Deployment) -> DeploymentScheduleCreate:
    """`active` is left unset: a schedule that a person paused stays paused when its line changes."""
    return DeploymentScheduleCreate(schedule=CronSchedule(cron=wanted.cron, timezone=wanted.timezone), slug=SLUG)


def _one_at_a_time() -> ConcurrencyOptions:
    """A run that would start while another runs is cancelled, not queued: the one that runs sees what is due."""
    return ConcurrencyOptions(collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def _pull_steps(wanted: Deployment) -> list[dict[str, Any]] | None:
    """A worker starts runs in an empty folder: it is told where the checkout is, the same path on each machine."""
    if wanted.work_pool is None:
        return None
    return [{"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}]


def _description(wanted: Deployment) -> str:
    return f"Crawls the outlet {wanted.outlet} into the archive {wanted.archive_id}. Written by `palimpsest schedule`."


def is_paused(found: DeploymentResponse) -> bool:
    """Return whether a person paused the deployment or its schedule in Prefect's window."""
    return found.paused or not any(schedule.active for schedule in found.schedules)
