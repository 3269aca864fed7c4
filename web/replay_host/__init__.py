"""The host where archived pages run their scripts, rewritten in the browser by wabac.js. Nothing else is here.

    app.py      the first page in the frame, the service worker, and what both load
    raw.py      captures as the worker takes them
    wabac.py    wabac.js, where npm put it
    policy.py   what an archived page may do, as headers that the worker puts on every answer
    static/     boot.js and worker.js; prelude.js, which runs in every archived page before its own scripts

The page around the frame is on the archive's host: web.archive_host.full_replay. What holds and what does not is told
in docs/replay.md.
"""
