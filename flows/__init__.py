"""When, and in what order: the only room that knows Prefect.

`flows.steps` is the work itself, in plain functions that know nothing of Prefect; the other modules wrap it as a flow,
own a Prefect server where none is given, and keep the schedules.
"""
