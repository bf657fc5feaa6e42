"""How the time that something takes grows when there is twice as much of it."""

import gc
from time import process_time

__all__ = ["doubling"]


def doubling(work, n, best_of=3):
    """The time of `work(2 * n)` in times of `work(n)`, 2 when it grows as n does.

    It is the processor's time, so what else runs on the machine counts less, and the best of so many runs of each.
    """
    return _seconds(work, 2 * n, best_of) / _seconds(work, n, best_of)


def _seconds(work, n, best_of):
    seconds = []
    for _ in range(best_of):
        gc.collect()
        begin = process_time()
        work(n)
        seconds.append(process_time() - begin)
    return min(seconds)
