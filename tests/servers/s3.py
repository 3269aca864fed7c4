"""What the tests know of an S3 server, and moto's as one that starts in this process."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any
from unittest import mock

import boto3
import pytest
from moto.s3.responses import S3Response
from moto.server import ThreadedMotoServer

REGION = "us-east-1"


@dataclass(frozen=True)
class S3Server:
    """A server that speaks S3, and who may use it."""

    endpoint: str
    access_key: str
    secret_key: str

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables that lead the AWS tools, and so our S3Store, to this server."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def use(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Set the variables for the time of a test."""
        for name, value in self.environment.items():
            monkeypatch.setenv(name, value)

    def new_bucket(self) -> str:
        """Make a bucket and return its name."""
        bucket = f"test-{secrets.token_hex(6)}"
        self.client().create_bucket(Bucket=bucket)
        return bucket

    def client(self) -> Any:
        """Return a client that does what no ObjectStore does: overwrite and delete."""
        return _client(self)

    def behind(self, endpoint: str) -> S3Server:
        """Return the same server as it is reached through a proxy."""
        return S3Server(endpoint, self.access_key, self.secret_key)


@lru_cache
def _client(server: S3Server) -> Any:
    """Return a client of our own; one for a server, since making one takes a tenth of a second."""
    return boto3.client(
        "s3",
        endpoint_url=server.endpoint,
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
        region_name=REGION,
    )


@contextmanager
def moto() -> Iterator[S3Server]:
    """Run moto's S3 server in a thread of this process.

    It looks whether an object is there, and then writes it; each request has a thread of its own, so that on a busy
    machine two of eight racing writers won. S3 decides at once, and with one write at a time so does this.
    """
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    put, one_at_a_time = S3Response.put_object, Lock()

    def put_object(response: S3Response) -> Any:
        with one_at_a_time:
            return put(response)

    with mock.patch.object(S3Response, "put_object", put_object):
        server.start()
        try:
            host, port = server.get_host_and_port()
            yield S3Server(endpoint=f"http://{host}:{port}", access_key="test", secret_key="test")
        finally:
            server.stop()
