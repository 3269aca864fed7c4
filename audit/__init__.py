"""How states are compared: two articles in, typed edits out. Pure but for the modules that say otherwise.

Where `make compiled` has made modules of just these sources, those are taken instead of them (audit/compiled.py).
"""

import sys

from audit.compiled import found

if (_built := found()) is not None:
    __path__.insert(0, str(_built / "audit"))
    sys.path.append(str(_built))  # what mypyc's modules share is a module of its own
