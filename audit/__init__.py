"""How states are compared: two articles in, typed edits out. Pure but for the modules that say otherwise.

Where `make compiled` has made modules of just these sources, those are taken instead of them (audit/compiled.py).
"""

from audit.compiled import found, use

if (_built := found()) is not None:
    use(_built, __path__)
