"""How much longer twice as much takes: 2 when a cost is linear, 4 when it is quadratic."""

from __future__ import annotations

import gc
from time import process_time


def doubling(work, n, times=5):
    """The ratio of the best times that `work(2 * n)` and `work(n)` take: of the processor, and by turns.

    So neither others on the machine nor a slow spell of it make one of the two look worse.
    """
    once, twice = [], []
    for _ in range(times):
        for size, costs in ((n, once), (2 * n, twice)):
            gc.collect()
            start = process_time()
            work(size)
            costs.append(process_time() - start)
    return min(twice) / min(once)
