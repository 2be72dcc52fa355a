"""The model on one page, for teachers: what is in it, what it leaves out, what it assumes."""

import html
import textwrap
from collections import Counter
from dataclasses import dataclass

import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.records import Parameter
from musclechain.views.page.html import table_to_html
from musclechain.views.page.palette import GRADE_MARKS
from musclechain.views.words.assumptions import IF_WRONG

__all__ = ["ModelPage", "about_model"]

WIDTH = 100
TITLE = "The model on one page"
LEFT_OUT = (
    "Movement in time: it stands, and finds the balance of one posture after another. Nothing"
    " swings or sways, and what lands in the lesson on running is a passive chain of its own, whose"
    " foot does not roll and whose leg is as stiff as it is told.",
    "Time within a state: each is solved for one moment. What days and years do to pain, guarding,"
    " length, stiffness and strength is worked out by a layer of its own, whose laws know neither"
    " tiredness nor a second injury, and nothing that stays for good.",
    "Joints within a part: the trunk bends at two joints only; chest, pelvis and foot are stiff."
    " The arch of a foot is worked out by itself afterwards, from what the posture puts on the"
    " foot: one joint, ligaments and the plantar fascia, under a forefoot that stays flat. What it"
    " does changes nothing above, and it gives way less than living feet do.",
    "Wrapping: muscles run through fixed points, not round bones, and are equally strong at every"
    " length: a straight knee could extend several times as strongly as people's do, and at the"
    " lower end of the chest the spine bends more strongly than it extends, where in people it is"
    " the other way round. The tendon within a muscle stretches with it, but not by its work; only"
    " tendons that are structures of their own, such as the Achilles tendon, do that.",
    "Bracing: muscles do not work against each other to be safe, and pressure in the belly is known"
    " only by what it stretches (the transversalis fascia). In quiet standing, and in the neck,"
    " joints are therefore probably pressed too little.",
    "A pelvis that drops: with weak muscles at the side of the hip the body leans over the standing"
    " leg and turns; in many people the other side of the pelvis drops, here it hardly does. On one"
    " leg the hip is pressed harder than implants measured (LD01), partly since the relaxed hip"
    " resists extension less than people's does (TP28), so that its flexors work instead.",
    "Muscles that share as in people: on one leg the model leaves most of the calf's work to the"
    " gastrocnemius, and the soleus does less than on both legs; in people it does more. Far down"
    " in a bend the back muscles of most people fall silent; here they go on. Bent far backward,"
    " the low back is pressed together more than is likely, since only tissue and the belly brake"
    " it.",
    "How people come to stand as they do: healthy standing is given. From there the middle of the"
    " weight stays where the cause puts it, and feet neither slip nor tip.",
    "Raised arms: each arm is one stiff part that hangs from its shoulder. Its muscles run straight"
    " and not round the bones, so it cannot be held up beyond about 45 degrees.",
    "One person: it has the sizes of a middling adult. Ranges come from randomly varied copies of"
    " this body, not from people.",
    "Pain as it is felt: guarding is an assumption about muscles, off until you turn it on.",
)
NOT_FOR = (
    "It is made for teaching. It says how a load can spread in a body like this one. It says"
    " nothing of any patient; it diagnoses and treats nothing."
)
NO_SENTENCE = "Nobody has written this down yet."


def about_model(body: Body) -> "ModelPage":
    """Tell on one page what the model holds, leaves out and assumes.

    Parameters
    ----------
    body : Body

    Returns
    -------
    ModelPage
        A notebook shows it; ``str()`` gives plain text.

    Examples
    --------
    >>> import musclechain as mc
    >>> "What it assumes" in str(mc.about_model(mc.read_body()))
    True
    """
    parameters: dict[str, Parameter] = body.graph.graph["parameters"]
    return ModelPage(
        tuple(_list_contents(body)), tuple(_describe(body, row) for row in parameters.values())
    )


@dataclass(frozen=True)
class Assumption:
    """One constant of the model in words; every text is plain."""

    name: str
    meaning: str
    value: str
    range: str
    grade: str
    citation: str
    note: str
    if_wrong: str


@dataclass(frozen=True)
class ModelPage:
    """The model on one page.

    Attributes
    ----------
    contents : tuple of str
        What is in it, a sentence each.
    assumptions : tuple of Assumption
        One for each constant.
    """

    contents: tuple[str, ...]
    assumptions: tuple[Assumption, ...]

    def __str__(self) -> str:
        parts = [TITLE, _fill(NOT_FOR, "")]
        for title, sentences in self._lists:
            parts.append("\n".join([title, *(_fill(text, "- ") for text in sentences)]))
        parts.append("What it assumes")
        parts += [
            "\n".join(
                [
                    f"{row.name}: {row.value}{f' ({row.range})' if row.range else ''}, {row.grade}",
                    *(_fill(text, "  ") for text in _list_texts(row)),
                ]
            )
            for row in self.assumptions
        ]
        return "\n\n".join(parts)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        lists = "".join(
            f"<h4>{title}</h4><ul>{''.join(f'<li>{html.escape(text)}</li>' for text in sentences)}"
            "</ul>"
            for title, sentences in self._lists
        )
        table = pd.DataFrame(
            {
                "Assumption": [f"{row.name}: {row.meaning}" for row in self.assumptions],
                "Value (range)": [
                    f"{row.value}{f' ({row.range})' if row.range else ''}"
                    for row in self.assumptions
                ],
                "How sure, and from where": [
                    f"{GRADE_MARKS[row.grade]} {row.grade}: {row.citation}"
                    f"{f' ({row.note})' if row.note else ''}"
                    for row in self.assumptions
                ],
                "If it is wrong": [row.if_wrong for row in self.assumptions],
            }
        )
        marks = " &nbsp; ".join(f"{mark} {word}" for word, mark in GRADE_MARKS.items())
        return (
            f"<h3>{TITLE}</h3><p style='max-width:85ch;line-height:1.5'>{html.escape(NOT_FOR)}</p>"
            f"{lists}<h4>What it assumes</h4>{table_to_html(table)}<p>{marks}</p>"
        )

    @property
    def _lists(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return ("What is in it", self.contents), ("What it leaves out", LEFT_OUT)


def _list_contents(body: Body) -> list[str]:
    nodes = body.graph.nodes
    kinds = Counter(kind for _, kind in nodes(data="kind"))
    # a pair has one plain name, which says all that is needed
    parts = list(dict.fromkeys(nodes[bone]["plain_name"] for bone in body.bones))
    computed = [line for line in body.lines if line.computed]
    pulling = {line.structure for line in computed if nodes[line.structure]["kind"] == "muscle"}
    others = sum(kinds[kind] for kind in ("tendon", "fascia", "ligament"))
    pulled = {line.structure for line in computed} - pulling
    mass = sum(nodes[bone]["mass_kg"] for bone in body.bones)
    return [
        f"{len(body.bones)} stiff parts with a mass of {mass:.0f} kg together:"
        f" {'; '.join(parts)}. Left and right count as two.",
        f"{kinds['muscle']} muscles, of which {len(pulling)} pull; the others lie within one part"
        f" and are drawn only. {others} tendons, fascias and ligaments, of which {len(pulled)}"
        f" pull. Together they pull along {len(computed)} lines.",
        f"{len(body.junctions)} places where soft tissues meet and hand on what they carry.",
        f"{kinds['nerve']} nerves, which carry guarding. They hold no part of the body; how far the"
        " sciatic nerve is stretched by a raised leg is worked out by itself.",
        "Each part is in balance: weight, ground, muscles, tissue and joints. The posture is chosen"
        " first, as the cheapest one, partly by habits that are assumed. Of all ways in which the"
        " muscles can hold it, one next to the smallest sum of squared activations is taken.",
        _describe_allowances(body),
        "What presses a joint is the whole force between its two parts, whichever way it points,"
        " and not only what presses them squarely together.",
        "Three ways for a load to spread: posture (you stand differently), pull (tissue pulls on"
        " tissue, while activation stays as it is) and guarding (pain changes how hard muscles"
        " work; three theories that disagree).",
    ]


def _describe_allowances(body: Body) -> str:
    most: dict[str, float] = {}
    for *_, data in body.graph.edges(data=True):
        if "joint" in data:
            name = data["name"].split(",")[0]
            most[name] = max(most.get(name, 0.0), *data["allowance_nm"])
    dearest = sorted(most, key=lambda name: most[name], reverse=True)[:2]
    return (
        "At each joint ligament and bone may take a small moment without muscle, which is dear as"
        " muscle is; most is allowed sideways or in a turn, where no muscle could hold:"
        f" {', '.join(f'{name} {most[name]:g} Nm' for name in dearest)}."
    )


def _describe(body: Body, row: Parameter) -> Assumption:
    unit = "" if row.unit == "none" else f" {row.unit}"
    return Assumption(
        row.parameter,
        row.meaning,
        f"{row.value:g}{unit}".replace("-", "−"),
        "" if row.low == row.high else f"{row.low:g} to {row.high:g}{unit}".replace("-", "−"),
        row.grade,
        body.evidence(row.source)["citation"],
        row.note,
        IF_WRONG.get(row.parameter, NO_SENTENCE),
    )


def _list_texts(row: Assumption) -> list[str]:
    source = f"Source: {row.citation}{f' ({row.note})' if row.note else ''}"
    return [f"{row.meaning[0].upper()}{row.meaning[1:]}.", source, f"If wrong: {row.if_wrong}"]


def _fill(text: str, start: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start))
