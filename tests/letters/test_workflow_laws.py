import pytest

from docflow.bangkok import COMPLAINT, INCOMING_EXTERNAL_LETTER, with_rights
from docflow.testing import Passages, WorkflowLaws, passages_of, workflows

pytestmark = pytest.mark.laws


class TestAnyWorkflow(WorkflowLaws):
    workflow = workflows()


class TestTheComplaintWithItsRights(WorkflowLaws):
    workflow = with_rights(COMPLAINT)


TestAnyPassage = Passages.TestCase
TestPassagesOfIncomingLetters = passages_of(INCOMING_EXTERNAL_LETTER)
