"""The browser that opens pages, one for the tests of a file."""

import pytest
from browsing import chromium, missing


@pytest.fixture(scope="module")
def browser():
    """Not kept for longer: while it runs, no other test of this process could start an event loop."""
    if missing():
        pytest.skip(missing())
    with chromium() as running:
        yield running
