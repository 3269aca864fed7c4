"""What every room's tests share."""

from __future__ import annotations

import signal
from pathlib import Path

import hypothesis
import pytest

# A busy machine takes longer than hypothesis' 200 ms for what is quick otherwise; timings never decide a test.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

# A shell that starts the tests in the background has them ignore Ctrl-C, and their children inherit that. Some of these
# are sent Ctrl-C, and have to end.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_pages() -> Path:
    """Return the folder of real pages, which is kept beside the checkout and not in it."""
    folder = ROOT.parent / "shared" / "pages"
    if not folder.is_dir():
        pytest.skip(f"the real pages are not here: {folder.name} beside the checkout is missing")
    return folder
