"""Servers as fixtures: a conftest.py takes them by `from tests.servers.fixtures import moto_server as moto_server`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.s3 import S3Server, moto
from tests.servers.swift import SwiftMissing, swift
from tests.servers.tsa import OpensslMissing, Tsa, honest, tsa


@pytest.fixture(scope="session")
def moto_server() -> Iterator[S3Server]:
    """Run moto's S3 server for the session. It keeps two writers apart."""
    with moto() as server:
        yield server


@pytest.fixture(scope="session")
def swift_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """Run OpenStack Swift for the session. It does not keep two writers apart."""
    try:
        with swift(tmp_path_factory.mktemp("swift")) as server:
            yield server
    except SwiftMissing as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def tsa_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tsa]:
    """Run a time-stamp authority for the session."""
    try:
        with tsa(tmp_path_factory.mktemp("tsa")) as server:
            yield server
    except OpensslMissing as reason:
        pytest.skip(str(reason))


@pytest.fixture
def honest_tsa(tsa_server: Tsa) -> Iterator[Tsa]:
    """The authority, honest again after every test."""
    yield tsa_server
    tsa_server.behaviour = honest
    tsa_server.asked.clear()
