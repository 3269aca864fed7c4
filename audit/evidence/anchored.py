"""Whether the anchors in a bundle name its log, and what their time-stamp tokens say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from cryptography.x509 import Certificate

from audit.evidence.steps import Step
from storage.anchors import Anchor
from storage.errors import AnchorInvalid, FormatTooNew, TokenInvalid
from storage.keys import ANCHORS, token_key
from storage.timestamps import check_token, in_words

Commits = Mapping[int, tuple[str, Mapping[str, Any]]]
"""The entries of a log by number, each with its path in the bundle."""

_WHAT: Final = "the anchors name entries of this log"
_NO_ANCHOR: Final = "no anchor is here: nobody but whoever made the file says when the log was what it is"
_UNSTAMPED: Final = "no time-stamp token is here: nobody but the archive's operator says when its anchor was made"
_NOTHING_TO_HOLD: Final = "so there is nothing to hold against the certificates that were given"


def anchored(
    files: Mapping[str, bytes],
    commits: Commits,
    about: Mapping[str, Any],
    roots: Sequence[Certificate] = (),
) -> Step:
    """Return the step that looks at the anchors, and says of each token who signed it, and whether that was checked.

    A signature is checked where there are `roots`, the certificates that it has to lead to.
    """
    wrong: list[str] = []
    said: list[str] = []
    here = {path for path in files if path.startswith(f"{ANCHORS}/")}
    anchors = sorted(path for path in here if path.endswith(".json"))
    tokens = {token_key(path) for path in anchors} & here
    wrong += (f"{path}: is no anchor, and no token of one" for path in sorted(here - {*anchors} - tokens))
    for path in anchors:
        wrong += _wrong_anchor(path, files, commits, about)
        token = token_key(path)
        if token in tokens:
            try:
                said.append(f"{token}: {in_words(check_token(files[token], files[path], roots, name=token))}")
            except TokenInvalid as error:
                wrong.append(str(error))
    if not tokens:
        nothing = _UNSTAMPED if anchors else _NO_ANCHOR
        said.append(f"{nothing}, {_NOTHING_TO_HOLD}" if roots else nothing)
    return Step.of(_WHAT, wrong, said)


def _wrong_anchor(
    path: str,
    files: Mapping[str, bytes],
    commits: Commits,
    about: Mapping[str, Any],
) -> Iterator[str]:
    try:
        anchor = Anchor.from_bytes(files[path], name=path)
    except (AnchorInvalid, FormatTooNew) as error:
        yield str(error)
        return
    head = anchor.heads.get(about["outlet"])
    known = commits.get(head.number) if head else None
    if (
        anchor.archive != about["archive"]
        or head is None
        or known is None
        or head.sha256 != hashlib.sha256(files[known[0]]).hexdigest()
    ):
        yield f"{path}: names another log than this one"
