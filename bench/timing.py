"""How long questions take, by the clock and by the processor: other work on the machine shows in the first only."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Took:
    """The milliseconds that questions of one kind took, each list in rising order."""

    clock: tuple[float, ...]
    cpu: tuple[float, ...]

    @staticmethod
    def at(times: Sequence[float], share: float) -> float:
        """Return the time that a share (0 to 1) of all stays within.

        >>> Took.at([1, 2, 3, 4], 0.5), Took.at([1, 2, 3, 4], 0.99)
        (2, 4)
        """
        return times[max(-int(-len(times) * share // 1) - 1, 0)]

    def __str__(self) -> str:
        """Say the median and the 99th percentile of both."""
        clock, cpu = ((self.at(times, 0.5), self.at(times, 0.99)) for times in (self.clock, self.cpu))
        return (
            f"median {clock[0]:.2f} ms, p99 {clock[1]:.2f} ms by the clock; {cpu[0]:.2f} and {cpu[1]:.2f} ms of"
            f" processor time; of {len(self.clock):,}"
        )


def timed(questions: Sequence[Callable[[], object]]) -> Took:
    """Ask each question once."""
    took = []
    for ask in questions:
        start, cpu = time.perf_counter(), time.process_time()
        ask()
        took.append(((time.perf_counter() - start) * 1000, (time.process_time() - cpu) * 1000))
    return Took(tuple(sorted(clock for clock, _ in took)), tuple(sorted(cpu for _, cpu in took)))
