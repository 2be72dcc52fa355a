"""What tests of outlines share: drawings, each of which takes seconds of computing."""

import pickle

import pytest

from musclechain.views.body.outline.cache import find_healthy_transforms, fingerprint
from musclechain.views.body.outline.drawing import build_drawing


@pytest.fixture(scope="session")
def draw(tmp_path_factory, request):
    """Function that draws all of a body in healthy standing, with the code as it is: once, however
    many tests and processes that test ask for it."""
    folder = tmp_path_factory.getbasetemp()
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    if worker:
        folder = folder.parent  # which all workers share

    def draw(body):
        path = folder / f"drawing_{fingerprint(body)}.pickle"
        if not path.exists():
            drawn = build_drawing(body, find_healthy_transforms(body))
            part = path.with_suffix(f".{worker}")
            part.write_bytes(pickle.dumps(drawn))
            part.replace(path)  # at once, so that no other process reads a half
        return pickle.loads(path.read_bytes())

    return draw
