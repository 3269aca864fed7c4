"""Evidence of a change in one file: a WACZ that anybody can check offline (docs/evidence.md specifies it).

`collect` (asks the archive) → `about`, `told`, `bundle` (pure: parts to files) → `wacz` (pure: files to bytes); and the
other way `integrity` (with `tables`, `records`, `sightings`) and `reproduction`, which ask nobody.
"""
