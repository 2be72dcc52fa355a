"""What the tests of the lessons share: one body, and a body whose names try to be more than
names."""

import pytest

import musclechain as mc

NASTY = "<img src=x onerror=alert(1)><b>&\"'"


@pytest.fixture(scope="session")
def body():
    return mc.read_body()


@pytest.fixture(scope="session")
def nasty_body(body):
    """The body with a left soleus whose name and note are HTML."""
    graph = body.graph.copy()
    graph.nodes["soleus_left"].update(
        name=NASTY, plain_name=NASTY, note=f"<script>alert(2)</script>{NASTY}"
    )
    return mc.Body.from_graph(graph)
