"""How a change came to a structure, in words."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import SHOWN_N, format_degrees, format_newtons
from musclechain.mechanics.spread import Result
from musclechain.mechanics.ways import Station, trace_change

__all__ = ["describe_trace"]

# Smaller turns of a bone on the way are not told.
STILL_DEG = 0.05


def describe_trace(result: Result, structure: str) -> str:
    """Say how a change came to a structure: the way of each route, station by station.

    Parameters
    ----------
    result : Result
    structure : str

    Returns
    -------
    str
        Plain text; empty where no route changes it by `SHOWN_N` or more. Of a
        bone that a pull crosses it is told how far the pull turns it forward
        or backward: that stretches, or slackens, what is fixed to it.

    Raises
    ------
    UnknownStructureError
        If there is no such structure.
    """
    ways = trace_change(result, structure)
    turned = result.pull_pose()["flexion_deg"].to_dict() if "pull" in ways else {}
    told = [
        f"By {route}: {_say_way(result.body, way, turned if route == 'pull' else {})}."
        for route, way in ways.items()
        if abs(way[-1].change_N) >= SHOWN_N
    ]
    return f"How did it get here? {' '.join(told)}" if told else ""


def _say_way(body: Body, way: Sequence[Station], turned: Mapping[str, float]) -> str:
    nodes = body.graph.nodes
    parts = []
    for is_level, run in groupby(way, lambda one: nodes[one.node]["kind"] == "root"):
        stations = list(run)
        if is_level:
            ends = dict.fromkeys(str(nodes[stations[k].node]["level"]) for k in (0, -1))
            word = "spinal level" if len(ends) == 1 else "spinal levels"
            parts.append(f"{word} {' to '.join(ends)}")
        else:
            parts += [
                _say_station(body, station) + _say_turn(turned.get(station.node, 0.0))
                for station in stations
            ]
    return " › ".join(parts)


def _say_turn(degrees: float) -> str:
    if abs(degrees) < STILL_DEG:
        return ""
    return f" ({format_degrees(abs(degrees))}° {'forward' if degrees > 0 else 'backward'})"


def _say_station(body: Body, station: Station) -> str:
    data = body.graph.nodes[station.node]
    name = str(data.get("plain_name") or data.get("name") or station.node)
    side = f", {data['side']}" if data.get("side") in ("left", "right") else ""
    force = f" {format_newtons(station.change_N, signed=True)}" if station.change_N else ""
    return f"{name}{side}{force}"
