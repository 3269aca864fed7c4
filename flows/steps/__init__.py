"""The work of a crawl, one step a file, in plain functions without Prefect.

    recover → plan → capture → read → finish            (`crawl.crawl` runs them in this order)

`palimpsest crawl` runs the steps directly; the flow `flows.crawl_outlet` wraps each as a task.
"""
