import pytest

from docflow.testing import RegisterLaws

pytestmark = pytest.mark.laws


class TestAnyRegistry(RegisterLaws):
    pass
