"""The window: what puts replay and audit before a person. The only room that knows a web framework.

Three hosts, so that nothing archived can reach the window: `web.window` (pages and the JSON API), `web.archive_host`
(archived content, Memento, CDX) and `web.replay_host` (archived pages with their scripts). `web.serving` runs them, the
latter two as one app (`web.archived`).
"""
