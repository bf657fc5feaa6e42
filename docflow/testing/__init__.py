"""Prove your own clock, workflow, registers, measures and plan (extra `testing`).

Laws are classes of tests: subclass one, name what is yours, and pytest searches for an example that breaks a law.
Strategies of hypothesis draw clocks, cases and records for tests of your own.

```python
from docflow.testing import ClockLaws

class TestOurClock(ClockLaws):
    clock = our_clock()
```
"""

import sys
from pathlib import Path

try:
    import hypothesis  # noqa: F401 - asked for here, where the way out can be said
except ModuleNotFoundError as missing:
    message = "laws need hypothesis; install it with: pip install 'docflow-registry[testing]'"
    raise ModuleNotFoundError(message) from missing

if "pytest" in sys.modules:  # so that a law that fails shows the values on both sides
    modules = ["passages", *sorted(path.stem for path in Path(__file__).parent.glob("*_laws.py"))]
    sys.modules["pytest"].register_assert_rewrite(*(f"docflow.testing.{module}" for module in modules))

from docflow.testing.clock_laws import ClockLaws
from docflow.testing.letter_strategies import actors, cases, workflows
from docflow.testing.limit_laws import LimitLaws
from docflow.testing.measure_laws import MeasureLaws
from docflow.testing.measure_strategies import measures, plans
from docflow.testing.passages import Passages, passages_of
from docflow.testing.plan_laws import PlanLaws
from docflow.testing.record_strategies import plan_records, records
from docflow.testing.register_laws import RegisterLaws
from docflow.testing.register_strategies import letters, registries
from docflow.testing.strategies import calendars, clocks, instants, joint_clocks, limits, office_hours
from docflow.testing.table_laws import TableLaws
from docflow.testing.workflow_laws import WorkflowLaws

__all__ = [
    "ClockLaws",
    "LimitLaws",
    "MeasureLaws",
    "Passages",
    "PlanLaws",
    "RegisterLaws",
    "TableLaws",
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
