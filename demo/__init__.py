"""A small news outlet on loopback whose pages change by script from day to day: for `palimpsest demo` and the tests.

A plain ASGI site, written after the structure of the CMS behind China Military Online, traps included. It imports
nothing of ours: it is the outside world.

* `script` says what happens on which day, and (`EVENTS`) what an archive that looks every day should have found.
* `stories` holds the articles as first published, `story` their shape, `prose` fills them up.
* `pages`, `markup`, `assets`, `images` render them. `site` answers a path, `app` speaks HTTP, `server` runs it all.

Look at it in a browser: `python -m demo --day 2`. All its news is invented, but for the one page in `data/`, which
carries the text of a real page in its shape and fields.
"""
