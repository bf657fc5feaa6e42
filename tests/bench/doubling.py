"""What doubling costs: how much longer a job takes over twice as much. 2 is linear, 4 quadratic."""

from __future__ import annotations

import gc
from time import process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["doubling"]


def doubling(
    job: Callable[[Any], object], n: int, *, given: Callable[[int], Any] = lambda n: n, times: int = 5
) -> float:
    """How many times as long `job(given(2 * n))` takes as `job(given(n))`: the best of some runs of each,
    in time of the processor, for others may use the machine too.

    What is `given` is made anew for each run, and not timed.
    """
    best = {}
    for size in (n, 2 * n) * times:
        held = given(size)
        gc.collect()
        gc.disable()  # it comes when it likes, and looks through what the bench itself holds
        start = process_time()
        job(held)
        best[size] = min(best.get(size, float("inf")), process_time() - start)
        gc.enable()
    return best[2 * n] / best[n]
