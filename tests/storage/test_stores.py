"""What every store owes the archive, shown on a folder, on moto and on OpenStack Swift."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest

from storage.errors import KeyInvalid, ObjectDamaged, ObjectMissing, ObjectTaken, StoreRefused, StoreUrlInvalid
from storage.objects import ObjectStore, StoredObject, exists
from storage.stores import open_store
from tests.servers.s3 import S3Server


def test_an_object_comes_back_as_it_was_stored(store: ObjectStore) -> None:
    body = bytes(range(256)) * 5
    made = store.create("demo/log/00000001.json", body)
    assert made == StoredObject("demo/log/00000001.json", 1280, hashlib.sha256(body).hexdigest())
    assert store.get("demo/log/00000001.json") == body
    assert store.head("demo/log/00000001.json").size == 1280
    assert store.head("demo/log/00000001.json").sha256 in (None, made.sha256)


def test_an_empty_object_is_an_object(store: ObjectStore) -> None:
    store.create("empty", b"")
    assert store.get("empty") == b""
    with store.open("empty") as file:
        assert file.read() == b""


def test_a_file_is_stored_as_its_bytes(store: ObjectStore, tmp_path: Path) -> None:
    body = os.urandom(3 << 20)
    source = tmp_path / "source"
    source.write_bytes(body)
    made = store.create("demo/objects/file", source)
    assert made.sha256 == hashlib.sha256(body).hexdigest()
    assert store.get("demo/objects/file") == body


def test_other_bytes_never_replace_an_object(store: ObjectStore) -> None:
    store.create("a", b"first")
    with pytest.raises(ObjectTaken, match=r"a in .*other bytes"):
        store.create("a", b"other")
    with pytest.raises(ObjectTaken):
        store.create("a", b"longer than the first")
    assert store.get("a") == b"first"


def test_storing_the_same_bytes_again_finds_them_ours(store: ObjectStore, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"same")
    assert store.create("a", b"same") == store.create("a", b"same") == store.create("a", source)


def test_a_range_is_exactly_what_was_asked_for(store: ObjectStore) -> None:
    store.create("a", b"0123456789")
    assert store.get_range("a", 0, 10) == b"0123456789"
    assert store.get_range("a", 3, 4) == b"3456"
    assert store.get_range("a", 10, 0) == b""


def test_a_range_beyond_the_end_says_that_the_object_is_short(store: ObjectStore) -> None:
    store.create("a", b"0123456789")
    for offset, length in [(8, 3), (10, 1), (100, 5)]:
        with pytest.raises(ObjectDamaged, match=r"byte|ends"):
            store.get_range("a", offset, length)


def test_an_open_object_reads_and_seeks(store: ObjectStore) -> None:
    body = os.urandom(9 << 20)  # more than two windows of a ranged file
    store.create("a", body)
    with store.open("a") as file:
        assert file.read(10) == body[:10]
        file.seek(-5, io.SEEK_END)
        assert file.read() == body[-5:]
        file.seek(0)
        assert hashlib.sha256(file.read()).digest() == hashlib.sha256(body).digest()


def test_what_is_not_there_is_missing_by_name(store: ObjectStore) -> None:
    store.create("demo/there", b"x")
    for ask in (store.get, store.head, store.open, lambda key: store.get_range(key, 0, 1)):
        with pytest.raises(ObjectMissing, match=r"demo/not-there in .*no such object"):
            ask("demo/not-there")
    assert exists(store, "demo/there")
    assert not exists(store, "demo")


def test_a_listing_has_every_object_in_order_and_nothing_else(store: ObjectStore) -> None:
    names = ["b/log/00000001.json", "a/objects/2026/x", "a/log/00000002.json", "a/log/00000001.json", "ab/y", "top"]
    for name in names:
        store.create(name, name.encode())
    assert [found.key for found in store.list()] == sorted(names)
    assert [(found.key, found.size) for found in store.list("a/log/")] == [
        ("a/log/00000001.json", 19),
        ("a/log/00000002.json", 19),
    ]
    assert [found.key for found in store.list("a")] == sorted(name for name in names if name.startswith("a"))
    assert list(store.list("nothing/")) == []
    assert store.folders() == ("a", "ab", "b")
    assert store.folders("a/") == ("log", "objects")
    assert store.folders("nothing/") == ()


def test_a_name_that_climbs_or_confuses_is_refused_everywhere(store: ObjectStore) -> None:
    climbing = ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/"]
    confusing = [".hidden", "a/.incoming", "a\\b", "a b", "ä", "a\n", "x" * 901, "-rf"]
    for key in climbing + confusing:
        for ask in (
            store.get,
            store.head,
            store.open,
            lambda key: store.create(key, b""),
            lambda key: store.get_range(key, 0, 1),
        ):
            with pytest.raises(KeyInvalid):
                ask(key)


def test_a_store_is_opened_again_from_its_own_url(store: ObjectStore) -> None:
    store.create("a", b"x")
    again = open_store(store.url)
    assert again.get("a") == b"x"
    assert again.identity == store.identity


def test_an_address_of_no_store_is_refused_with_what_to_give() -> None:
    with pytest.raises(StoreUrlInvalid, match="give a folder"):
        open_store("file:///srv/archive")  # tests/config/test_settings.py has the others: the rule is the same


def test_a_missing_bucket_is_not_an_empty_one(moto_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    moto_server.use(monkeypatch)
    store = open_store("s3://no-such-bucket/archive")
    for ask in (lambda: store.get("a"), lambda: list(store.list()), store.folders, lambda: store.create("a", b"")):
        with pytest.raises(StoreRefused, match="no such bucket"):
            ask()


def test_missing_credentials_are_a_refusal_in_words(moto_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    moto_server.use(monkeypatch)
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(StoreRefused, match=r"(?i)credentials"):
        open_store("s3://bucket/archive").get("a")


def test_wrong_credentials_are_a_refusal_in_words(swift_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    swift_server.use(monkeypatch)
    store = open_store(f"s3://{swift_server.new_bucket()}/archive")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    with pytest.raises(StoreRefused, match="403"):
        open_store(store.url).get("a")


def test_other_servers_than_aws_are_asked_by_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://s3.example.org:9000")
    assert open_store("s3://bucket/x").identity == "http://s3.example.org:9000/bucket/x/"
