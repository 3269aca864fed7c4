"""Every reader there is. A new template: one file beside this one, and its line here."""

from __future__ import annotations

from articles.errors import ReaderUnknown
from articles.readers.founder_enp import FounderEnp
from articles.readers.pla_81cn import Pla81Cn
from articles.readers.pla_chinamil import Pla2022, Pla2025xb
from articles.readers.reader import Reader
from config.outlet import Outlet

READERS: tuple[Reader, ...] = (Pla2025xb(), Pla2022(), Pla81Cn(), FounderEnp())

_BY_NAME = {reader.name: reader for reader in READERS}


def readers_of(outlet: Outlet) -> tuple[Reader, ...]:
    """Return the readers that the outlet file names, in its order of preference.

    Raises:
        ReaderUnknown: the file names one that does not exist.
    """
    unknown = [name for name in outlet.readers if name not in _BY_NAME]
    if unknown:
        raise ReaderUnknown(
            f"outlet {outlet.id}: there is no reader {', '.join(map(repr, unknown))}. "
            f"There are: {', '.join(sorted(_BY_NAME))}. Mend `readers` in the outlet's file."
        )
    return tuple(_BY_NAME[name] for name in outlet.readers)
