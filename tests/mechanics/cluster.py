"""People solved on a Dask cluster of this machine that loses a worker: ``python -m
tests.mechanics.cluster FILE COUNT`` writes the population to a file.

In a process of its own, since a cluster leaves sockets and event loops behind, which other tests
would be blamed for.
"""

import pickle
import sys
from pathlib import Path

from distributed import Client, LocalCluster

import musclechain as mc
from musclechain.mechanics.population import PopulationTask


def solve(count):
    """Solve people on two workers, one of which is killed after the first ones."""
    killed = []

    def kill_one(done, _):
        if not killed:
            killed.append(done)
            cluster.workers[0].process.process.kill()

    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
    ):
        found = mc.solve_population(
            mc.read_body(), count=count, executor=client.get_executor(), progress=kill_one
        )
    assert killed[0] < count
    return found


if __name__ == "__main__":
    path, count = sys.argv[1:]
    PopulationTask.chunks.__defaults__ = (2,)
    Path(path).write_bytes(pickle.dumps(solve(int(count))))
