"""The connection to an S3 server: how it is found, and how patient we are with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


@dataclass(frozen=True)
class S3Options:
    """How patient we are with a server. Times in seconds.

    `attempts` counts the tries of one request, with pauses that double up to 20 s between them (botocore's "standard"
    mode); `pause` is our own first pause before a write or a broken download is begun again.
    """

    connect_timeout: float = 10.0
    read_timeout: float = 60.0
    attempts: int = 5
    pause: float = 0.2


HURRIED: Final = S3Options(connect_timeout=3.0, read_timeout=8.0, attempts=2)
"""For whoever has a person waiting: a server that does not answer is given up after half a minute at most, not five."""


def connect(endpoint: str | None, options: S3Options) -> S3Client:
    """Return a client for the standard AWS environment, or for the server at `endpoint`.

    Raises what botocore raises for an impossible configuration, ValueError for an endpoint that is no URL.
    """
    config = Config(
        connect_timeout=options.connect_timeout,
        read_timeout=options.read_timeout,
        retries={"total_max_attempts": options.attempts, "mode": "standard"},
        max_pool_connections=16,
        tcp_keepalive=True,
        request_checksum_calculation="when_required",  # ours are given; a trailer would be foreign to older servers
        response_checksum_validation="when_supported",
        user_agent_extra="palimpsest",
    )
    session = boto3.session.Session()
    client = session.client("s3", endpoint_url=endpoint, config=config)
    host = urlsplit(client.meta.endpoint_url).hostname or ""
    if host.endswith((".amazonaws.com", ".amazonaws.com.cn")):
        return client
    by_path = config.merge(Config(s3={"addressing_style": "path"}))
    return session.client("s3", endpoint_url=endpoint, config=by_path)
