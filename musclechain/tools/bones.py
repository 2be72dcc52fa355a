"""Trace the bones of the picture from meshes: ``python -m musclechain bones``.

The meshes come with the package musclemimic-models (Apache-2.0; its bones are
OpenSim's standard geometry, CC BY 3.0), in the frame that legs and trunk of the
data come from. What is traced is kept in the package; neither lessons nor tests
need the meshes.
"""

import importlib.util
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.ndimage import binary_closing, binary_erosion, distance_transform_edt, grey_closing
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.transform import Rotation

from musclechain.anatomy.body import read_body
from musclechain.tools.checkout import CheckoutError
from musclechain.views.body.outline.bones import BONES, TracedBone, write_bones
from musclechain.views.body.outline.curves import FRONTAL, SAGITTAL
from musclechain.views.body.outline.fields import Contours, Grid, simplify_loops

__all__ = ["list_bones", "read_meshes", "take_apart", "trace_bones"]

PACKAGE, ROOT = "musclemimic_models", "model/body/myofullbody.xml"
# From the world of the meshes (x left, y back, z up, m; midline at x = MIDLINE_M) to ours.
MIDLINE_M = -0.0251
STEP_MM, SMOOTH, TOLERANCE_MM = 1.0, 0.8, 0.35
# A dent of the skull that is this deep within this width is drawn as a hollow, mm.
HOLLOW_MM, HOLLOW_WIDTH_MM, RIM_MM = 11.0, 46, 4
# Meshes of one bone each. Ribs and neck come in one mesh and are taken apart.
MIDLINE = {
    "pelvis": ("sacrum_geom_1_sacrum",),
    "lumbar": tuple(f"lumbar{number}_geom_1_lumbar{number}" for number in range(1, 6)),
    "thorax": (
        *(f"torso_geom_{13 - number}_thoracic{number}_s" for number in range(1, 13)),
        "torso_geom_13_ribcage_s",
    ),
    "neck": ("hat_cervical",),
    "head": ("hat_skull", "hat_jaw"),
}
TAKEN_APART = {"torso_geom_13_ribcage_s", "hat_cervical", "r_foot", "r_bofoot"}
NO_BONE = {"torso_geom_13_ribcage_s": 1}  # its largest part is the heart
# A part thinner than this is a loose patch of the mesh (some lie on the breastbone), no bone, mm.
PATCH_MM = 1.0
FINGERS = tuple(
    f"{number}{part}_r" for number in range(2, 6) for part in ("mc", "proxph", "midph", "distph")
)
PAIRED = {
    "pelvis": ("r_pelvis",),
    "thigh": ("r_femur",),
    "shank": ("r_patella", "r_tibia", "r_fibula"),
    "foot": ("r_talus", "r_foot", "r_bofoot"),
    "shoulder_girdle": ("clavicle_r", "scapula_r"),
    "arm": (
        "humerus_r",
        "radius_r",
        "ulna_r",
        *(f"{name}_r" for name in ("scaphoid", "lunate", "triquetrum", "pisiform")),
        *(f"{name}_r" for name in ("trapezium", "trapezoid", "capitate", "hamate")),
        *(f"{name}_r" for name in ("1mc", "thumbprox", "thumbdist")),
        *FINGERS,
    ),
}
# Over the muscles of which layer a bone lies, in which view; all others lie under all muscles.
LAYERS = {("clavicle_r", "front"): 3, ("r_patella", "front"): 4, ("r_patella", "side"): 4}
HEAD_LAYER = 3  # from the front the face lies over the deep muscles of the neck
# Middle of the kneecap behind the lines of the quadriceps, mm.
KNEECAP_OF_DATA = np.array([-114.0, 526.0, 77.0])
# Places of the shoulder in the meshes, mm: their girdle and arm are another person's than those of
# the data, so they are moved, turned and scaled to it.
HUMERAL_HEAD, ELBOW = np.array([-199.3, 1475.5, 170.5]), np.array([-199.0, 1178.0, 167.0])
ELBOW_OF_DATA = np.array([-217.0, 1139.0, 196.0])
FINGERTIP, FINGERTIP_OF_DATA = np.array([-166.0, 758.0, 221.0]), np.array([-178.0, 711.0, 236.0])
# The forearm of the meshes is turned in, the muscles of the data lie on one that is turned out,
# about the line from the head of the radius to that of the ulna.
RADIAL_HEAD, ULNAR_HEAD = np.array([-192.0, 1171.5, 178.2]), np.array([-190.1, 940.6, 204.5])
TURNED_OUT_DEG = 100
# Fingers lie close together in the meshes, so that their skin would be one: each is spread from its
# knuckle, degrees toward the thumb.
SPREAD_DEG = {2: 7.0, 3: 1.0, 4: -6.0, 5: -15.0}
# Between which places across the foot a part of the toes belongs to which of them, mm.
TOES, BETWEEN_TOES = "r_bofoot", (78.0, 100.0, 114.0, 126.5)
SCAPULA = np.array(
    [[-295.6, 1382.8, 85.7], [-262.0, 1510.6, 65.5], [-176.6, 1469.4, 131.2], [-207.8, 1507.7, 171]]
)
# Lower and upper angle, coracoid and acromion, after the muscles that end there.
SCAPULA_OF_DATA = np.array(
    [[-327.1, 1388.4, 73.0], [-311.9, 1488.0, 73.7], [-220.6, 1460.2, 131.6], [-280.0, 1490.0, 152]]
)
CLAVICLE = np.array([[-183.4, 1488.4, 24.3], [-200.9, 1508.8, 148.4]])
CLAVICLE_OF_DATA = np.array([[-171.5, 1481.2, 26.7], [-232.0, 1497.0, 140.0]])

Meshes = Mapping[str, np.ndarray]


# ---- reading -----------------------------------------------------------------------------------


def read_meshes(folder: Path | None = None) -> dict[str, np.ndarray]:
    """Read the bones of the package in its resting pose.

    Parameters
    ----------
    folder : Path, optional
        Where the package lies; by default where it is installed.

    Returns
    -------
    dict of str to numpy.ndarray, shape (triangles, 3, 3)
        In the axes of the data (ISB), mm.

    Raises
    ------
    CheckoutError
        If the package is not there.
    """
    if folder is None:
        found = importlib.util.find_spec(PACKAGE)
        if found is None or not found.submodule_search_locations:
            raise CheckoutError(
                "The meshes are not installed. Put them in with: pip install musclemimic-models"
            )
        folder = Path(found.submodule_search_locations[0])
    path = folder / ROOT
    root = _include(ElementTree.parse(path).getroot(), path.parent, path.parent)
    files = {
        mesh.get("name") or Path(mesh.get("file", "")).stem: mesh
        for mesh in root.iter("mesh")
        if mesh.get("file")
    }
    meshes: dict[str, np.ndarray] = {}
    for world in root.iter("worldbody"):
        for body in world.findall("body"):
            meshes |= _place(body, np.zeros(3), Rotation.identity(), files, folder / "model")
    return meshes


def _include(element: ElementTree.Element, folder: Path, first: Path) -> ElementTree.Element:
    """Put the parts of other files in the place of the lines that name them."""
    for child in list(element):
        if child.tag != "include":
            _include(child, folder, first)
            continue
        paths = (start / child.get("file", "") for start in (folder, first))
        path = next(path for path in paths if path.exists())
        part = _include(ElementTree.parse(path).getroot(), path.parent, first)
        place = list(element).index(child)
        element.remove(child)
        for number, piece in enumerate(list(part)):
            element.insert(place + number, piece)
    return element


def _place(
    body: ElementTree.Element,
    place: np.ndarray,
    turn: Rotation,
    files: Mapping[str, ElementTree.Element],
    folder: Path,
) -> dict[str, np.ndarray]:
    """Place the meshes of a part and of all that hang on it."""
    place, turn = place + turn.apply(_read(body, "pos")), turn * _read_turn(body)
    meshes: dict[str, np.ndarray] = {}
    for geom in body.findall("geom"):
        name = geom.get("mesh", "")
        if name in files:
            scale = _read(files[name], "scale", "1 1 1")
            corners = _read_stl(folder / "meshes" / Path(files[name].get("file", "")).name) * scale
            flat = _read_turn(geom).apply(corners.reshape(-1, 3)) + _read(geom, "pos")
            x, y, z = (turn.apply(flat) + place).T
            meshes[name] = 1000 * np.stack([-y, z, MIDLINE_M - x], axis=1).reshape(-1, 3, 3)
    for child in body.findall("body"):
        meshes |= _place(child, place, turn, files, folder)
    return meshes


def _read(element: ElementTree.Element, name: str, default: str = "0 0 0") -> np.ndarray:
    return np.array([float(number) for number in element.get(name, default).split()])


def _read_turn(element: ElementTree.Element) -> Rotation:
    if element.get("quat"):
        return Rotation.from_quat(np.roll(_read(element, "quat"), -1))
    return Rotation.from_euler("XYZ", _read(element, "euler"))


def _read_stl(path: Path) -> np.ndarray:
    """Read the triangles of a binary STL file, shape (n, 3, 3)."""
    layout = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("rest", "<u2")])
    return np.frombuffer(path.read_bytes()[84:], layout)["corners"].astype(float)


# ---- bones of the data's body ------------------------------------------------------------------


@dataclass(frozen=True)
class _Bone:
    name: str
    carrier: str
    paired: bool
    triangles: np.ndarray


def list_bones(meshes: Meshes) -> Iterator[_Bone]:
    """List every bone once, right side and midline, where the data's body has it."""
    for carrier, names in MIDLINE.items():
        for name in names:
            yield from (_Bone(name, carrier, False, part) for part in take_apart(meshes, name))
    joints = {
        data["joint"]: np.array(data["place_mm"])
        for *_, data in read_body().graph.edges(data=True)
        if data.get("kind") == "articulates"
    }
    moves = {
        # the meshes hold the kneecap back on the knee's axis; the quadriceps runs over its front
        "r_patella": (np.eye(3), KNEECAP_OF_DATA - meshes["r_patella"].mean(axis=(0, 1))),
        "scapula_r": _fit(SCAPULA, SCAPULA_OF_DATA),
        "clavicle_r": _fit(CLAVICLE, CLAVICLE_OF_DATA),
        "humerus_r": _fit(
            np.array([HUMERAL_HEAD, ELBOW]),
            np.array([joints["glenohumeral_right"], ELBOW_OF_DATA]),
        ),
        "arm": _fit(
            np.array([ELBOW, _turn_out(FINGERTIP)]), np.array([ELBOW_OF_DATA, FINGERTIP_OF_DATA])
        ),
    }
    stay = ("humerus_r", "ulna_r")
    for carrier, names in PAIRED.items():
        for name in names:
            turn, shift = moves.get(name) or moves.get(carrier) or (np.eye(3), np.zeros(3))
            for part in take_apart(meshes, name):
                if carrier == "arm" and name not in stay:
                    part = _turn_out(part)
                yield _Bone(name, carrier, True, part @ turn.T + shift)


def _spread_fingers(bones: Iterable[_Bone]) -> Iterator[_Bone]:
    """Turn each finger about its knuckle, the upper end of its first part, in the plane of the
    palm."""
    knuckles: dict[int, np.ndarray] = {}
    for bone in bones:
        finger = next((number for number in SPREAD_DEG if bone.name.startswith(f"{number}")), 0)
        if not finger or "mc" in bone.name:
            yield bone
            continue
        if "proxph" in bone.name:
            corners = bone.triangles.reshape(-1, 3)
            top = corners[corners[:, 1] > corners[:, 1].max() - 5.0]
            knuckles[finger] = top.mean(axis=0)
        turn = Rotation.from_euler("x", -SPREAD_DEG[finger], degrees=True).as_matrix()
        spread = (bone.triangles - knuckles[finger]) @ turn.T + knuckles[finger]
        yield replace(bone, triangles=spread)


def _turn_out(places: np.ndarray) -> np.ndarray:
    """Turn hand and radius about the axis of the forearm, palm forward."""
    along = (ULNAR_HEAD - RADIAL_HEAD) / np.linalg.norm(ULNAR_HEAD - RADIAL_HEAD)
    turn = Rotation.from_rotvec(TURNED_OUT_DEG * along, degrees=True).as_matrix()
    return (places - RADIAL_HEAD) @ turn.T + RADIAL_HEAD


def take_apart(meshes: Meshes, name: str) -> list[np.ndarray]:
    """Take a mesh of several bones apart where it does not hang together."""
    triangles = meshes[name]
    if name not in TAKEN_APART:
        return [triangles]
    _, corner = np.unique(triangles.reshape(-1, 3).round(2), axis=0, return_inverse=True)
    corner = corner.reshape(-1, 3)
    links = np.concatenate([corner[:, [0, 1]], corner[:, [1, 2]]]).T
    size = int(corner.max()) + 1
    _, part = connected_components(coo_array((np.ones(links.shape[1]), links), (size, size)))
    mine = part[corner[:, 0]]
    parts = [triangles[mine == number] for number in np.unique(mine)]
    solid = [part for part in parts if _measure_thickness(part) > PATCH_MM]
    return sorted(solid, key=len, reverse=True)[NO_BONE.get(name, 0) :]


def _measure_thickness(triangles: np.ndarray) -> float:
    """Measure how far a part reaches along the axis along which it reaches least, mm."""
    places = triangles.reshape(-1, 3) - triangles.mean(axis=(0, 1))
    axes = np.linalg.svd(places, full_matrices=False)[2]
    return float(np.ptp(places @ axes.T, axis=0).min())


def _fit(places: np.ndarray, goals: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Move, turn and scale places onto goals as well as it goes: x -> turn x + shift."""
    about, goal = places.mean(axis=0), goals.mean(axis=0)
    # two places leave a turn about their line open: the smallest one is taken
    own = slice(1) if len(places) == 2 else slice(None)
    turn, _ = Rotation.align_vectors((goals - goal)[own], (places - about)[own])
    scale = np.linalg.norm(goals - goal) / np.linalg.norm(places - about)
    matrix = scale * turn.as_matrix()
    return matrix, goal - matrix @ about


# ---- tracing -----------------------------------------------------------------------------------


def trace_bones(folder: Path | None = None, path: Path = BONES) -> int:
    """Trace every bone as seen from front and back, and from the side, and keep what was traced.

    Parameters
    ----------
    folder : Path, optional
        Where the package of the meshes lies.
    path : Path
        File that is written.

    Returns
    -------
    int
        Its size, bytes.
    """
    traced: list[TracedBone] = []
    for bone in _spread_fingers(list_bones(read_meshes(folder))):
        for axis in (FRONTAL, SAGITTAL):
            traced += _trace(bone, axis)
    return write_bones(traced, path)


def _trace(bone: _Bone, axis: int) -> Iterator[TracedBone]:
    triangles = bone.triangles
    across, depth = triangles[..., [axis, 1]], triangles[..., 2 - axis]
    grid = Grid.around(across.reshape(-1, 2), 6, STEP_MM)
    near = _look(grid, across, depth)
    mask = binary_closing(np.isfinite(near), iterations=1)
    middle = float(np.mean(depth))
    views = ("back", "front") if axis == FRONTAL else ("side",)
    loops = _outline(grid, mask)
    layers = {view: _find_layer(bone, view) for view in views}
    # views that show a bone alike share it
    alike = len(set(layers.values())) == 1 and bone.carrier != "head"
    for shown in [views] if alike else [(view,) for view in views]:
        layer, digit = layers[shown[0]], _find_digit(bone)
        yield TracedBone(bone.carrier, bone.paired, shown, middle, layer, loops, digit=digit)
    for view in ("front", "side"):
        if bone.name == "hat_skull" and view in views:
            shape = np.where(mask, np.where(np.isfinite(near), near, near[mask].min()), -1e3)
            dents = grey_closing(shape, HOLLOW_WIDTH_MM) - shape > HOLLOW_MM
            dents &= binary_erosion(mask, iterations=RIM_MM)
            hollows = _outline(grid, dents)
            layer = HEAD_LAYER if view == "front" else 0
            yield TracedBone(bone.carrier, False, (view,), middle, layer, hollows, "hollow")


def _find_digit(bone: _Bone) -> int:
    """Number the toe or finger that a bone is of, from the big toe and the thumb; 0 for all
    others."""
    if bone.name == TOES:
        return 1 + sum(float(bone.triangles[..., 2].mean()) > edge for edge in BETWEEN_TOES)
    if bone.name in FINGERS and "mc" not in bone.name:
        return int(bone.name[0])
    return int(bone.name.startswith("thumb"))


def _find_layer(bone: _Bone, view: str) -> int:
    """Over the muscles of which layer a bone lies."""
    face = bone.carrier == "head" and view == "front"
    return LAYERS.get((bone.name, view), HEAD_LAYER if face else 0)


def _look(grid: Grid, across: np.ndarray, depth: np.ndarray) -> np.ndarray:
    """Look at triangles along the line of sight: the nearest depth at each node, -inf beside."""
    near = np.full(grid.shape, -np.inf)
    low = [grid.column, grid.row]
    for flat, deep in zip(across / grid.step - low, depth, strict=True):
        count = int(np.ceil(max(np.ptp(flat, axis=0).max(), 1.0) / 0.6)) + 1
        first, second = np.meshgrid(*[np.linspace(0, 1, count)] * 2)
        inside = first + second <= 1 + 1e-9
        share = np.stack([1 - first - second, first, second])[:, inside]
        column, row = (flat.T @ share).round().astype(int)
        np.maximum.at(near, (row, column), deep @ share)
    return near


def _outline(grid: Grid, mask: np.ndarray) -> list[np.ndarray]:
    field = STEP_MM * (distance_transform_edt(~mask) - distance_transform_edt(mask))
    loops = Contours(field, grid, SMOOTH).trace_outline()
    return simplify_loops(loops, [TOLERANCE_MM] * len(loops))
