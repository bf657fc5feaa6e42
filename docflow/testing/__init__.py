"""Prove your own clock: laws to subclass in one line, and strategies to search with (`docflow-registry[testing]`).

```python
from docflow.testing import ClockLaws

class TestOurClock(ClockLaws):
    clock = our_clock()
```
"""

from docflow.testing.clock_laws import ClockLaws
from docflow.testing.limit_laws import LimitLaws
from docflow.testing.strategies import calendars, clocks, instants, limits, office_hours

__all__ = ["ClockLaws", "LimitLaws", "calendars", "clocks", "instants", "limits", "office_hours"]
