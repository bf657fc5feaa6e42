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
    of_letters = ("workflow_laws", "letter_data_laws", "register_laws", "passages")
    rooms = ("clock_laws", "limit_laws", *of_letters, "measure_laws", "plan_laws")
    sys.modules["pytest"].register_assert_rewrite(*(f"docflow.testing.{room}" for room in rooms))

from docflow.testing.clock_laws import ClockLaws
from docflow.testing.letter_strategies import actors, cases, letters, registries, workflows
from docflow.testing.limit_laws import LimitLaws
from docflow.testing.measure_laws import MeasureLaws
from docflow.testing.measure_strategies import measures, plans
from docflow.testing.passages import Passages, passages_of
from docflow.testing.plan_laws import PlanLaws
from docflow.testing.record_strategies import plan_records, records
from docflow.testing.register_laws import RegisterLaws
from docflow.testing.strategies import calendars, clocks, instants, joint_clocks, limits, office_hours
from docflow.testing.workflow_laws import WorkflowLaws

__all__ = [
    "ClockLaws",
    "LimitLaws",
    "MeasureLaws",
    "Passages",
    "PlanLaws",
    "RegisterLaws",
    "WorkflowLaws",
    "actors",
    "calendars",
    "cases",
    "clocks",
    "instants",
    "joint_clocks",
    "letters",
    "limits",
    "measures",
    "office_hours",
    "passages_of",
    "plan_records",
    "plans",
    "records",
    "registries",
    "workflows",
]
