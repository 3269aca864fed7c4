"""Both parts of the check of a bundle."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from cryptography.x509 import Certificate

from articles.errors import ArticleInvalid
from audit.evidence.integrity import integrity
from audit.evidence.reproduction import reproduction
from audit.evidence.steps import Checked, Step
from audit.evidence.wacz import read_wacz

_CONTAINER = "every file is listed, and no byte is another than when it was written"
_NOT_REACHED = "not looked at, since the bytes are not whole"


def check(data: bytes, *, name: str, roots: Sequence[Certificate] = ()) -> Checked:
    """Check the bytes of a bundle; `name` is what the result calls it.

    `roots` are the certificates that the signatures of time-stamp tokens have to lead to; without them none is checked,
    which the result says.

    What does not hold in itself is not looked at further: a file whose bytes were altered says nothing.

    Raises:
        EvidenceInvalid: the bytes are no zip that can be read.
    """
    files, wrong = read_wacz(data)
    container = Step.of(_CONTAINER, wrong)
    if wrong:
        return Checked(name, (container,), (Step("reproduction", None, (_NOT_REACHED,)),))
    steps = (container, *_guarded(partial(integrity, roots=roots), files))
    if not all(step.holds for step in steps):
        return Checked(name, steps, (Step("reproduction", None, (_NOT_REACHED,)),))
    return Checked(name, steps, tuple(_guarded(reproduction, files)))


def _guarded(part: Callable[[Mapping[str, bytes]], list[Step]], files: Mapping[str, bytes]) -> list[Step]:
    """Run the steps of a part; a bundle that somebody made up may lack whatever they look at."""
    try:
        return part(files)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError, ArticleInvalid) as error:
        return [Step("the bundle has what a bundle has", False, (f"{type(error).__name__}: {error}",))]
