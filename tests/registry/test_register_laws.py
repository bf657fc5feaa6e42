from docflow.testing import RegisterLaws


class TestAnyRegistry(RegisterLaws):
    pass
