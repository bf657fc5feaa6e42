"""Prove your own clock: laws to subclass in one line, and strategies to search with (`docflow-registry[testing]`).

```python
from docflow.testing import ClockLaws

class TestOurClock(ClockLaws):
    clock = our_clock()
```
"""

import sys

try:
    import hypothesis  # noqa: F401 - asked for here, where the way out can be said
except ModuleNotFoundError as missing:
    message = "laws need hypothesis; install it with: pip install 'docflow-registry[testing]'"
    raise ModuleNotFoundError(message) from missing

if "pytest" in sys.modules:  # so that a law that fails shows the values on both sides
    sys.modules["pytest"].register_assert_rewrite("docflow.testing.clock_laws", "docflow.testing.limit_laws")

from docflow.testing.clock_laws import ClockLaws
from docflow.testing.limit_laws import LimitLaws
from docflow.testing.strategies import calendars, clocks, instants, limits, office_hours

__all__ = ["ClockLaws", "LimitLaws", "calendars", "clocks", "instants", "limits", "office_hours"]
