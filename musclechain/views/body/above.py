"""The body from above, drawn from the points of the model: feet, hips, shoulders and head."""

from collections.abc import Mapping

import numpy as np
import scipy  # its parts load when they are first asked for: few pictures look from above

from musclechain.anatomy.format import join_words
from musclechain.anatomy.sides import SIDES
from musclechain.mechanics.spread import Result
from musclechain.views.body.svg import write_node, write_text, write_way

__all__ = ["EXAGGERATION", "draw_above", "find_turns", "say_turns"]

# So many times the turns are drawn as they are computed, in every state alike.
EXAGGERATION = 3
# What is told to turn, the bone that says how far, and the bones at whose upper ends its bar ends.
LEVELS = {
    "shoulders": ("thorax", "arm"),
    "pelvis": ("pelvis", "thigh"),
    "head": ("head", ""),
}
COLOURS = {"shoulders": "#d95f10", "pelvis": "#2b83ba", "head": "currentColor"}
# Turns that are smaller are told as none, degrees.
SAME_DEG = 0.05
# Of the picture, mm: left, top, width, height; of the head.
FRAME = (-300, -225, 600, 345)
HEAD_MM, NOSE_MM = 70, 30
AT_END = "healthy standing; how far its parts turn is shown at the end of the story"
DASHED = "fill:none;stroke-dasharray:14 10;opacity:0.75"


def find_turns(result: Result) -> dict[str, float]:
    """Find how far shoulders, pelvis and head are turned about the vertical against healthy
    standing.

    Parameters
    ----------
    result : Result

    Returns
    -------
    dict of str to float
        Degrees; more than 0 is to the right, the left side forward.
    """
    pose = result.pose()["rotation_deg"]
    return {name: float(pose[bone]) for name, (bone, _) in LEVELS.items() if bone in pose.index}


def say_turns(turns: Mapping[str, float]) -> str:
    """Say how far each part is turned.

    Examples
    --------
    >>> say_turns({"shoulders": 0.4, "pelvis": 4.41, "head": -0.01})
    'shoulders 0.4° to the right, pelvis 4.4° to the right and head not turned'
    """
    return join_words(f"{name} {_say_turn(turn)}" for name, turn in turns.items())


def _say_turn(turn: float) -> str:
    if abs(turn) < SAME_DEG:
        return "not turned"
    return f"{abs(turn):.1f}° to the {'right' if turn > 0 else 'left'}"


def draw_above(result: Result, is_told: bool = True) -> str:
    """Draw the body from above: its feet, a bar from hip to hip, one from shoulder to shoulder, and
    the head.

    Dashed: healthy standing. Places are as computed, turns `EXAGGERATION` times as large.

    Parameters
    ----------
    result : Result
    is_told : bool
        False draws healthy standing alone, for a story that has not come to its end.

    Returns
    -------
    str
        A figure as HTML, with its description.
    """
    turns = find_turns(result) if is_told else {}
    left, top, wide, tall = FRAME
    look = {"fill": "currentColor"}
    parts = [
        *(_draw_parts(result, turns) if is_told else _draw_rest(result)),
        write_text(0, top + 24, "front", text_anchor="middle", **look),
        write_text(left + 4, top + tall - 8, "left", **look),
        write_text(-left - 4, top + tall - 8, "right", text_anchor="end", **look),
    ]
    label = f"The body from above: {say_turns(turns) if is_told else AT_END}."
    told = " ".join(
        f"<span style='white-space:nowrap'>{_mark(name)}{name} {_say_turn(turn)}&ensp;</span>"
        for name, turn in turns.items()
    )
    told = told or f"{AT_END.capitalize()}."
    return (
        "<figure style='margin:6px 0;max-width:400px;color:var(--jp-ui-font-color1,#222)'>"
        f"<b>From above</b><div>{told}</div>"
        f"<svg viewBox='{left} {top} {wide} {tall}' width='100%' role='img' aria-label='{label}'"
        f" font-family='system-ui,sans-serif' font-size='24'>{''.join(parts)}</svg>"
        "<figcaption style='font-size:0.86em'>Dashed: healthy standing. Turns are drawn"
        f" {EXAGGERATION} times larger than computed, in every state; places are true.</figcaption>"
        "</figure>"
    )


def _draw_parts(result: Result, turns: Mapping[str, float]) -> list[str]:
    parts = [_draw_feet(result)]
    for name, turn in turns.items():
        ends = _find_bar(result, name)
        if ends is not None:
            parts.append(_draw_bar(name, *ends, turn))
        elif name == "head":
            (middle,) = _project(_place_joints(result, ["head"])[1])
            parts.append(_draw_head(middle, turn))
    return parts


def _draw_rest(result: Result) -> list[str]:
    """Healthy standing: feet, bars and head, dashed."""
    parts = [_draw_foot(rest, DASHED) for rest, _ in _find_feet(result)]
    for name in LEVELS:
        ends = _find_bar(result, name)
        if ends is not None:
            parts.append(_way(ends[0], {"style": DASHED}, COLOURS[name]))
        elif name == "head":
            (middle,) = _project(_place_joints(result, ["head"])[0])
            parts.append(_draw_head(middle, 0.0, DASHED))
    return parts


def _mark(name: str) -> str:
    """A square in the colour of a bar."""
    return (
        f"<span aria-hidden='true' style='color:{COLOURS[name]}'>■ </span>" if _is_bar(name) else ""
    )


def _is_bar(name: str) -> bool:
    return bool(LEVELS[name][1])


def _project(points: np.ndarray) -> np.ndarray:
    """Points (m; forward, up, right) as seen from above, mm: to the right, and backward."""
    return 1e3 * np.column_stack([points[:, 2], -points[:, 0]])


def _place_joints(result: Result, bones: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Where the upper ends of bones lie in healthy standing, and now, m."""
    rest = result.state.healthy.stance.geometry.pose.origin
    rest = rest[[result.skeleton.bones.index(bone) for bone in bones]]
    moves = result.transforms()
    now = [moves[bone][:3] @ np.append(point, 1) for bone, point in zip(bones, rest, strict=True)]
    return rest - _find_middle(result), np.array(now) - _find_middle(result)


def _find_middle(result: Result) -> np.ndarray:
    """Between the ankles of healthy standing."""
    healthy = result.state.healthy.stance.geometry.pose
    return healthy.origin[list(result.skeleton.feet)].mean(axis=0)


def _find_bar(result: Result, name: str) -> tuple[np.ndarray, np.ndarray] | None:
    """Ends of a bar in healthy standing and the middle of the bar now, mm of the picture."""
    bones = [f"{LEVELS[name][1]}_{side}" for side in SIDES]
    if not _is_bar(name) or not set(bones) <= set(result.skeleton.bones):
        return None
    rest, now = _place_joints(result, bones)
    return _project(rest), _project(now).mean(axis=0)


def _turn(points: np.ndarray, degrees: float) -> np.ndarray:
    """Turn points of the picture to the right, as they are seen from above."""
    angle = np.radians(EXAGGERATION * degrees)
    return points @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


def _draw_bar(name: str, rest: np.ndarray, middle: np.ndarray, turn: float) -> str:
    now = middle + _turn(rest - rest.mean(axis=0), turn)
    dots = "".join(
        write_node("circle", {"cx": float(x), "cy": float(y), "r": 13, "fill": COLOURS[name]})
        for x, y in now
    )
    bar = {"class": f"mc-{name}", "style": "fill:none;stroke-width:9"}
    return _way(rest, {"style": DASHED}, COLOURS[name]) + _way(now, bar, COLOURS[name]) + dots


def _draw_head(middle: np.ndarray, turn: float, style: str = "fill:none;stroke-width:4") -> str:
    """A circle with a nose, around the place on which the head turns."""
    round_about = np.linspace(np.radians(-70), np.radians(250), 33)
    ring = HEAD_MM * np.column_stack([np.cos(round_about), np.sin(round_about)])
    nose = np.array([[0.0, -HEAD_MM - NOSE_MM]])
    points = middle + _turn(np.concatenate([ring, nose]), turn)
    return _way(points, {"style": style}, COLOURS["head"], True)


def _draw_feet(result: Result) -> str:
    """Each foot, in healthy standing and now."""
    return "".join(
        _draw_foot(rest, DASHED) + _draw_foot(now, "fill:currentColor;fill-opacity:0.12")
        for rest, now in _find_feet(result)
    )


def _find_feet(result: Result) -> list[tuple[np.ndarray, np.ndarray]]:
    """What is attached to each foot, in healthy standing and now, mm of the picture."""
    s, moves, feet = result.skeleton, result.transforms(), []
    healthy, middle = result.state.healthy.stance.geometry.pose, _find_middle(result)
    for foot in s.feet:
        points = s.point[s.bone_of == foot] - s.joint[foot]
        rest = points @ healthy.rotation[foot].T + healthy.origin[foot]
        move = moves[s.bones[foot]]
        now = rest @ move[:3, :3].T + move[:3, 3]
        feet.append((_project(rest - middle), _project(now - middle)))
    return feet


def _draw_foot(points: np.ndarray, style: str) -> str:
    outline = points[scipy.spatial.ConvexHull(points).vertices]
    return _way(outline, {"style": f"{style};stroke-width:3"}, "currentColor", True)


def _way(points: np.ndarray, look: Mapping[str, object], colour: str, closed: bool = False) -> str:
    way = {"d": write_way(points, closed), "stroke": colour, "stroke-width": 4}
    return write_node("path", {**way, "stroke-linejoin": "round", **look})
