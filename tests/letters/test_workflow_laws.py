from docflow.bangkok import COMPLAINT, INCOMING_EXTERNAL_LETTER, with_rights
from docflow.testing import Passages, RegisterLaws, WorkflowLaws, passages_of, workflows


class TestAnyWorkflow(WorkflowLaws):
    workflow = workflows()


class TestTheComplaintWithItsRights(WorkflowLaws):
    workflow = with_rights(COMPLAINT)


class TestAnyRegistry(RegisterLaws):
    pass


TestAnyPassage = Passages.TestCase
TestPassagesOfIncomingLetters = passages_of(INCOMING_EXTERNAL_LETTER)
