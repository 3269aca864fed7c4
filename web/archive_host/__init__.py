"""The archive's host: archived content, and what programs ask of it (Memento, CDX). It has an origin of its own.

    app.py        the ASGI app: every route module by name
    routing.py    routes by the raw bytes of the path, so that an archived URL arrives as it was written
    failures.py   errors of the domain as statuses and plain text
    told.py       what the host says in its own words: a page, JSON or text
    misses.py     what is told where there is no capture
    streaming.py  answers that are written while they are made
    rendering.py  pages of our own, and the files that they are shown with
    around.py     what our banner around an archived page says, whichever way the page is shown

    programs.py   which paths programs ask for, and their way to them on this machine
    rates.py      how much of it one client may ask for

Route modules, each with `routes(holdings, origins)`:

    raw.py          `/web/{timestamp}id_/{url}`: the stored bytes
    safe_view.py    `/web/{timestamp}mp_/{url}`: a page in which nothing runs; `if_`, `cs_`, `im_`: what it embeds
    framed_view.py  `/view/{timestamp}/{url}`: the same below a banner
    timegate.py     `/timegate/{url}` and `/web/{timestamp}/{url}`: which memento is the one for a moment
    timemaps.py     `/timemap/{link|json|cdxj}/{url}`: all of them
    cdx.py          `/cdx`: the CDX server
    typed.py        `/`, `/web/{url}`, `/web/*/{url}`: what people type
    full_replay.py  `/replay/{timestamp}/{url}`: with scripts, in a frame of web.replay_host
"""
