"""Findings about plans of treatment: what they do, for how long, and what they do not do."""

from collections.abc import Mapping

import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import capitalise, format_degrees, format_percent, join_words
from musclechain.cases.plans import (
    REMEDIES,
    Dose,
    DoseEffect,
    Plan,
    find_after_session,
    find_effects,
    read_remedy,
)
from musclechain.views.words.finding import Finding

__all__ = ["compare_done", "describe_plan", "describe_plans", "describe_sessions"]

HOUR = 60.0
WEEK_DAYS = 7.0
# differences that a person would not notice: degrees, and shares
NO_DEG, NO_SHARE = 0.5, 0.02
NO_TILT_DEG = 0.05
NO = "no"
# a smaller share is none
LEAST_SHARE = 0.005
# each was measured by itself
ADDED = " (if effects add up)"
NOT_DONE = "It moves no bone to another place and makes no leg longer or shorter."


def describe_sessions(body: Body, minutes: float = 30.0) -> Finding:
    """Say what a single session of each remedy changes at once, and when that is gone.

    Parameters
    ----------
    body : Body
        Gives the numbers.
    minutes : float
        Of the session, 1 to 120.

    Returns
    -------
    Finding
    """
    rows, lasting = [], 0.0
    for remedy in REMEDIES:
        after = find_after_session(body, remedy, minutes, [0.0, HOUR])
        level = read_remedy(body, remedy)
        gone = level.values.get("gone_after") if level else None
        lasting = max(lasting, *(abs(value) for value in after.iloc[1]))
        rows.append(
            (
                capitalise(remedy),
                round(100 * after["softer"].iloc[0], 1),
                round(after["range_deg"].iloc[0], 1),
                f"{gone:g} minutes" if gone else "nothing measured",
            )
        )
    figures = pd.DataFrame(
        rows,
        columns=["Remedy", "Softer at once (%)", "Further at once (degrees)", "Gone after"],
    )
    works = figures[(figures.iloc[:, 1] > 0) | (figures.iloc[:, 2] > 0)]
    left = (
        "and of neither anything to speak of is left after an hour"
        if lasting < 1e-3
        else "and after an hour some of it is left"
    )
    return Finding(
        "One session",
        f"One session makes a muscle softer by up to {works.iloc[:, 1].max():g} % (TX01) or lets a"
        f" joint go further by up to {works.iloc[:, 2].max():g} degrees (TX05), {left}. For the"
        " other remedies nothing of the kind was measured.",
        figures,
    )


def describe_plan(body: Body, plan: Plan) -> Finding:
    """Say what each dose of a plan tends to do, on what that rests, and what it does not do.

    Parameters
    ----------
    body : Body
        Gives the numbers.
    plan : Plan

    Returns
    -------
    Finding
        Effects are those that a dose tends to when it is kept up.
    """
    effects = find_effects(body, plan)
    figures = pd.DataFrame(
        [_list_effect(body, effect) for effect in effects],
        columns=[
            "Remedy",
            "How",
            "Less pain (points of 100)",
            "Stronger (%)",
            "Leg raised higher (degrees)",
            "Softer (%)",
            "Rests on",
        ],
    )
    if not effects:
        return Finding("The plan", "The plan is to do nothing.", figures)
    said = [f"Kept up, the plan gives {_say_sums(effects)}.", NOT_DONE, _say_assumed(body, plan)]
    return Finding(
        f"The plan{f': {plan.name}' if plan.name else ''}",
        " ".join(one for one in said if one),
        figures,
    )


def _list_effect(body: Body, effect: DoseEffect) -> tuple:
    dose, level = effect.dose, read_remedy(body, effect.dose.remedy)
    return (
        capitalise(dose.remedy),
        _say_dose(dose),
        round(100 * float(effect.practice.relief), 1),
        round(100 * float(effect.stronger), 1),
        round(float(effect.range_deg), 1),
        round(100 * float(effect.softer), 1),
        ", ".join(level.sources) if level else "nothing that grows",
    )


def _say_dose(dose: Dose) -> str:
    return (
        f"{dose.minutes:g} minutes, {dose.per_week:g} times a week for {dose.weeks:g} weeks from"
        f" day {dose.from_day:g}"
    )


def _say_sums(effects: tuple[DoseEffect, ...]) -> str:
    """What all doses together tend to, in words."""
    eased = [float(effect.practice.relief) for effect in effects if effect.practice.relief]
    added = ADDED if len(eased) > 1 else ""
    higher = sum(float(effect.range_deg) for effect in effects)
    stronger = sum(float(effect.stronger) for effect in effects)
    balance = min(sum(float(effect.balance) for effect in effects), 1.0)
    rested = min(sum(float(effect.practice.unloaded) for effect in effects), 1.0)
    parts = [
        f"up to {100 * sum(eased):.0f} points of 100 less pain{added}" if eased else "",
        f"a leg that goes {format_degrees(higher)} degrees higher" if higher else "",
        f"{format_percent(stronger)} more strength where it trains" if stronger else "",
        f"{format_percent(balance)} of what practice can give, in the tasks that are trained"
        if balance
        else "",
        f"legs that carry {format_percent(rested)} less and get weaker" if rested else "",
    ]
    return join_words(part for part in parts if part) or "nothing that was measured"


def _say_assumed(body: Body, plan: Plan) -> str:
    """Name the remedies whose numbers are mostly assumptions."""
    assumed = []
    for remedy in dict.fromkeys(dose.remedy for dose in plan.doses):
        level = read_remedy(body, remedy)
        if level and "estimate" in level.sources:
            assumed.append(remedy)
    if not assumed:
        return ""
    return f"Some numbers of {join_words(assumed)} are assumptions (data/cases.csv)."


def compare_done(body: Body, plans: Mapping[str, Plan]) -> Finding:
    """Put side by side what plans do and what they do not do.

    Parameters
    ----------
    body : Body
        Gives the numbers.
    plans : mapping of str to Plan

    Returns
    -------
    Finding
        A row for each thing that a plan may do; those that no remedy does say no for all.
    """
    columns = {capitalise(name): _list_done(body, plan) for name, plan in plans.items()}
    rows = list(next(iter(columns.values())))
    table = pd.DataFrame(
        {"What it does": rows, **{k: list(v.values()) for k, v in columns.items()}}
    )
    never = [row.lower() for row in rows if all(done[row] == NO for done in columns.values())]
    return Finding(
        "What it does, and what not",
        f"Sizes are those that a plan tends to while it is kept up. What no plan here does:"
        f" {join_words(never)}.",
        table,
    )


def _list_done(body: Body, plan: Plan) -> dict[str, str]:
    """What a plan does of all that a remedy may do, in words."""
    effects, done = find_effects(body, plan), {dose.remedy for dose in plan.doses}
    now = [find_after_session(body, dose.remedy, dose.minutes, [0.0]) for dose in plan.doses]
    softer = max((one["softer"].iloc[0] for one in now), default=0.0)
    further = max((one["range_deg"].iloc[0] for one in now), default=0.0)
    gains = {
        name: sum(float(getattr(effect.practice, name)) for effect in effects)
        for name in ("relief", "calmer", "unloaded")
    } | {
        name: sum(float(getattr(effect, name)) for effect in effects)
        for name in ("stronger", "softer", "range_deg", "balance")
    }
    minutes = f"{format_percent(softer)}, gone within minutes"
    degrees = f"{format_degrees(further)} degrees, gone within minutes"
    higher = f"{format_degrees(gains['range_deg'])} degrees, by what one tolerates"
    added = ADDED if sum(bool(effect.practice.relief) for effect in effects) > 1 else ""
    less = f"up to {100 * gains['relief']:.0f} points of 100{added}, kept up for weeks"
    return {
        "Softens muscle at once": minutes if softer else NO,
        "Lets a joint go further at once": degrees if further else NO,
        "Eases pain": less if gains["relief"] else NO,
        "Calms guarding": _say_share(gains["calmer"], "less comes back, mostly an assumption"),
        "Lets the leg be raised higher": higher if gains["range_deg"] else NO,
        "Softens muscle for weeks": _say_share(gains["softer"], "at a very high dose"),
        "Makes stronger": _say_share(gains["stronger"], "where it trains"),
        "Trains balance": _say_share(min(gains["balance"], 1.0), "in the tasks that are trained"),
        "Takes load away": _say_share(min(gains["unloaded"], 1.0), "and the leg gets weaker"),
        "Tilts the foot": "about two degrees (FT06)" if "insoles" in done else NO,
        "Makes fibres longer": NO,
        "Puts bones back": NO,
    }


def _say_share(share: float, words: str) -> str:
    return f"{format_percent(share)}, {words}" if share >= LEAST_SHARE else NO


def describe_plans(compared: pd.DataFrame) -> Finding:
    """Compare plans on one day: pain, movement, strength and the tilt of the pelvis.

    Parameters
    ----------
    compared : pandas.DataFrame
        As `compare_courses` gives it; the first row is what the others are compared with.

    Returns
    -------
    Finding
        With the range in which nine in ten of the draws lie, and the day.
    """
    first = compared.iloc[0]
    figures = pd.DataFrame({"Plan": list(compared.index)})
    for name, label, factor in (
        ("pain", "Pain (0 to 100)", 100),
        ("range_deg", "Leg raised higher (degrees)", 1),
        ("strength", "Strength (% of usual)", 100),
        ("stiffer", "Tissue stiffer by (%)", 100),
        ("shorter_mm", "Fibres shorter by (mm)", 1),
    ):
        figures[label] = [_say_band(row, name, factor) for _, row in compared.iterrows()]
    figures["Pelvis tilted by (degrees)"] = [
        format_degrees(value, signed=True) for value in compared["pelvis_deg"]
    ]
    when = _say_when(float(compared.attrs["day"]))
    said = [_say_plan(str(name), row, first, when) for name, row in compared.iloc[1:].iterrows()]
    return Finding("Plans side by side", " ".join(said) or "There is one plan only.", figures)


def _say_when(day: float) -> str:
    """Say by when: in weeks, as plans are made, where the day ends one."""
    weeks, rest = divmod(day, WEEK_DAYS)
    return f"by day {day:.0f}" if rest or not weeks else f"by week {weeks:.0f}"


def _say_band(row: pd.Series, name: str, factor: float) -> str:
    middle, low, high = (factor * row[key] + 0.0 for key in (name, f"{name}_low", f"{name}_high"))
    text = f"{middle:.1f}"
    return text if high - low < 0.05 else f"{text} ({low:.1f} to {high:.1f})"


def _say_plan(name: str, row: pd.Series, first: pd.Series, when: str) -> str:
    pain, higher, stronger = (row[key] - first[key] for key in ("pain", "range_deg", "strength"))
    changes = [
        f"{100 * abs(pain):.0f} points of 100 {'less' if pain < 0 else 'more'} pain"
        if abs(pain) >= NO_SHARE
        else "",
        f"a leg that goes {format_degrees(abs(higher))} degrees"
        f" {'higher' if higher > 0 else 'less high'}"
        if abs(higher) >= NO_DEG
        else "",
        f"{format_percent(abs(stronger))} {'more' if stronger > 0 else 'less'} strength"
        if abs(stronger) >= NO_SHARE
        else "",
    ]
    given = join_words(change for change in changes if change) or "nothing that one would notice"
    tilt = row["pelvis_deg"] - first["pelvis_deg"]
    stands = (
        f"stands as it would without, tilted by {format_degrees(abs(row['pelvis_deg']))} degrees"
        if abs(tilt) < NO_TILT_DEG
        else f"is tilted by {format_degrees(abs(tilt))} degrees otherwise"
    )
    return f"With {name}: {given} {when}; the pelvis {stands}."
