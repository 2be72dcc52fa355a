"""What must hold between the files of a data folder: every id known and used once, numbers in their
range, words that fit.

Each check is a generator of problems over the sheets that could be read. The checks of bones, lines
and junctions stand in `shape_checks`.
"""

import difflib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from musclechain.anatomy.limits import PARAMETERS
from musclechain.anatomy.problems import Problem, Stage
from musclechain.anatomy.records import FILES, column_name
from musclechain.anatomy.shape_checks import SHAPE_CHECKS, list_side_of_ids, split_side
from musclechain.anatomy.sheets import Sheet, Sheets

__all__ = ["check_sheets"]

# These become nodes of one graph (or ends of lines in it), so an id may stand in one of them only.
NAMED = ("bones", "muscles", "soft_tissues", "junctions", "nerves", "skin_nerves", "skin")


def check_sheets(sheets: Sheets) -> Iterator[Problem]:
    """Find everything that is wrong between the files.

    Parameters
    ----------
    sheets : mapping of file name to Sheet

    Yields
    ------
    Problem
    """
    for check in (
        _check_references,
        _check_names,
        _check_needed,
        *SHAPE_CHECKS,
        _check_innervation,
        _check_stems,
        _check_skin_nerves,
        _check_skin,
        _check_parameters,
        _check_levels,
        _check_chains,
        _check_links,
        _check_link_junctions,
        _check_case_numbers,
        _check_case_levels,
    ):
        yield from check(sheets)


def _check_references(sheets: Sheets) -> Iterator[Problem]:
    """Every id that a row names must exist in the file that it points to."""
    for name, record_type in FILES.items():
        for field, targets in record_type.refers.items():
            files = tuple(target for target in targets if target != "none")
            # a target file that failed as a whole was reported: no complaint for each row
            if not any(sheets[file].lost for file in files):
                yield from _check_field(sheets, name, field, files, "none" in targets)


def _check_field(
    sheets: Sheets, name: str, field: str, files: tuple[str, ...], may_be_none: bool
) -> Iterator[Problem]:
    known = {"none"} if may_be_none else set()
    known = known.union(*(sheets[file].list_ids(FILES[file].key[0]) for file in files))
    words = "an id from " + " or ".join(f"{file}.csv" for file in files)
    find_near = cache(lambda cell: difflib.get_close_matches(cell, sorted(known), n=1, cutoff=0.75))
    for record, row in sheets[name]:
        value = getattr(record, field)
        for cell in value if isinstance(value, tuple) else (value,):
            bare, _ = split_side(cell)
            if bare not in known:
                near = find_near(bare)
                yield Problem(
                    f"{name}.csv",
                    row,
                    column_name(FILES[name], field),
                    f"'{cell}', an unknown id",
                    words + (f", perhaps '{near[0]}'" if near else ""),
                    Stage.NAMING,
                    bare,
                    files,
                )


def _check_names(sheets: Sheets) -> Iterator[Problem]:
    """An id must mean one thing only, also with the ending that its side gets."""
    owners = {
        "ground": "bones.csv, where it means no parent",
        "none": "links.csv, where it means no junction",
    }
    for name in NAMED:
        sheet, column = sheets[name], FILES[name].key[0]
        for record, row in sheet:
            name_found = getattr(record, column)
            if name_found.endswith(("_left", "_right")):
                yield sheet.report(
                    row, column, f"'{name_found}'", "an id without an ending for the side"
                )
            if name_found in owners:
                yield sheet.report(
                    row,
                    column,
                    f"'{name_found}', which is used in {owners[name_found]}",
                    "an id that no other file uses",
                )
            owners.setdefault(name_found, f"{name}.csv")


def _check_needed(sheets: Sheets) -> Iterator[Problem]:
    """Constants that the model asks for by name must be there: one that is missing would only be
    noticed in the middle of a lesson."""
    sheet = sheets["parameters"]
    there = sheet.list_ids("parameter")
    for parameter in PARAMETERS if not sheet.lost else ():
        if parameter not in there:
            words = "a row for each of " + ", ".join(PARAMETERS)
            yield sheet.report(None, "parameter", f"no row '{parameter}'", words)


def _check_innervation(sheets: Sheets) -> Iterator[Problem]:
    """Motor roots must run in the named nerve."""
    carried = {nerve.nerve: set(nerve.roots) for nerve, _ in sheets["nerves"]}
    for muscle, row in sheets["muscles"]:
        roots = set(muscle.roots)
        extra = sorted(roots - carried.get(muscle.nerve, roots))
        if extra:
            words = f"levels that the nerve {muscle.nerve} carries"
            yield sheets["muscles"].report(row, "roots", ";".join(extra), words)


def _check_stems(sheets: Sheets) -> Iterator[Problem]:
    """No nerve is a branch of itself, by however many others."""
    sheet = sheets["nerve_stems"]
    stems = {record.nerve: record.stem for record, _ in sheet}
    for record, row in sheet:
        seen, stem = {record.nerve}, record.stem
        while stem in stems and stem not in seen:
            seen.add(stem)
            stem = stems[stem]
        if stem in seen:
            words = "a nerve that is no branch of this one, or none"
            yield sheet.report(row, "stem", f"'{record.stem}'", words)


def _check_skin_nerves(sheets: Sheets) -> Iterator[Problem]:
    """The levels of a nerve of the skin must run in the nerve of which it is a branch."""
    carried = {nerve.nerve: set(nerve.roots) for nerve, _ in sheets["nerves"]}
    for nerve, row in sheets["skin_nerves"]:
        extra = sorted(set(nerve.roots) - carried.get(nerve.stem, set(nerve.roots)))
        if extra:
            words = f"levels that the nerve {nerve.stem} carries"
            yield sheets["skin_nerves"].report(row, "roots", ";".join(extra), words)


def _check_skin(sheets: Sheets) -> Iterator[Problem]:
    """A patch has a width, and each of its two lines a length."""
    sheet = sheets["skin"]
    for area, row in sheet:
        for column, least, found in (
            ("to_deg", area.from_deg, area.to_deg),
            ("from_end", area.from_start, area.from_end),
            ("to_end", area.to_start, area.to_end),
        ):
            if found <= least:
                yield sheet.report(row, column, f"{found:g}", f"a number above {least:g}")


def _check_range(sheet: Sheet) -> Iterator[tuple[Any, int, Problem | None]]:
    """Pair each row with what is wrong where its value does not lie from low to high."""
    for record, row in sheet:
        words = f"a number from low ({record.low}) to high ({record.high})"
        fits = record.low <= record.value <= record.high
        yield record, row, None if fits else sheet.report(row, "value", f"{record.value}", words)


def _check_parameters(sheets: Sheets) -> Iterator[Problem]:
    """A range must hold its value; what the model asks for must be in its unit and within what the
    equations can take."""
    sheet = sheets["parameters"]
    for record, row, problem in _check_range(sheet):
        if problem:
            yield problem
        elif record.parameter in PARAMETERS:
            limits = PARAMETERS[record.parameter]
            if record.unit != limits.unit:
                words = f"{limits.unit}, in which the model reads {record.parameter}"
                yield sheet.report(row, "unit", f"'{record.unit}'", words)
            for column in ("value", "low", "high"):
                number = getattr(record, column)
                if not limits.allows(number):
                    words = f"a number {limits.words} for {record.parameter}"
                    yield sheet.report(row, column, f"{number:g}", words)


def _check_levels(sheets: Sheets) -> Iterator[Problem]:
    """No two spinal levels share a place in the cord."""
    first: dict[int, str] = {}
    for root, row in sheets["roots"]:
        if root.order in first:
            words = f"each once (first at {first[root.order]})"
            yield sheets["roots"].report(row, "order", f"{root.order} a second time", words)
        first.setdefault(root.order, root.root)


def _check_chains(sheets: Sheets) -> Iterator[Problem]:
    """Stations of a chain count from 1 under one name."""
    sheet = sheets["chains"]
    stations: dict[str, list[tuple[Any, int]]] = {}
    broken = sheet.list_broken("chain")
    for station, row in sheet:
        stations.setdefault(station.chain, []).append((station, row))
    for chain, found in stations.items():
        positions = [station.position for station, _ in found]
        if chain not in broken and positions != list(range(1, len(found) + 1)):
            yield sheet.report(
                found[0][1],
                "position",
                f"{chain} with positions {positions}",
                "positions counted 1, 2, 3 ... in order",
            )
        yield from _check_one_name(sheet, found, "chain")


def _check_one_name(
    sheet: Sheet, found: Iterable[tuple[Any, int]], thing: str
) -> Iterator[Problem]:
    """Rows of one thing must bear one name."""
    rows = list(found)
    name = rows[0][0].name
    for record, row in rows:
        if record.name != name:
            words = f"one name for the whole {thing} ('{name}')"
            yield sheet.report(row, "name", f"'{record.name}'", words)


def _check_links(sheets: Sheets) -> Iterator[Problem]:
    """A link names two different structures of fitting kind and side, once."""
    sheet, sides = sheets["links"], list_side_of_ids(sheets)
    nerves = {nerve.nerve for nerve, _ in sheets["nerves"]}
    seen: dict[tuple[frozenset[str], str, str], int] = {}
    for link, row in sheet:
        if link.from_ == link.to and link.side != "opposite":
            words = "two different structures"
            yield sheet.report(row, "to", f"'{link.to}' linked with itself", words)
        is_known = link.from_ in nerves or link.from_ in sides
        if is_known and (link.from_ in nerves) != (link.kind == "passes"):
            words = "passes from a nerve, continuous from soft tissue"
            yield sheet.report(row, "kind", f"'{link.kind}' from '{link.from_}'", words)
        pair = (frozenset((link.from_, link.to)), link.kind, link.side)
        if pair in seen:
            words = f"each once (first in row {seen[pair]})"
            yield sheet.report(row, "from", f"'{link.from_}, {link.to}' a second time", words)
        seen.setdefault(pair, row)
        is_middle = "midline" in (sides.get(link.from_), sides.get(link.to))
        if {link.from_, link.to} <= set(sides) and is_middle != (link.side == "midline"):
            words = "midline if one of the two lies in the midline, else same or opposite"
            yield sheet.report(row, "side", f"'{link.side}'", words)


def _check_link_junctions(sheets: Sheets) -> Iterator[Problem]:
    """Both structures of a link must reach the junction by which it carries force."""
    reached: dict[str, set[str]] = {}
    for point, _ in sheets["line_points"]:
        reached.setdefault(point.structure, set()).add(split_side(point.place)[0])
    loose = sheets["line_points"].list_broken("structure")
    known = {junction.junction for junction, _ in sheets["junctions"]}
    for link, row in sheets["links"]:
        for column, structure in (("from", link.from_), ("to", link.to)):
            is_sure = link.junction in known and structure in reached and structure not in loose
            if is_sure and link.junction not in reached[structure]:
                yield sheets["links"].report(
                    row,
                    column,
                    f"'{structure}', which does not reach {link.junction}",
                    "a structure with a line that ends there",
                )


def _check_case_numbers(sheets: Sheets) -> Iterator[Problem]:
    """Each number of a case lies in its range; a quantity has one unit in all levels."""
    sheet = sheets["cases"]
    units: dict[tuple[str, str], tuple[str, int]] = {}
    for record, row, problem in _check_range(sheet):
        if problem:
            yield problem
        unit, first = units.setdefault((record.case, record.quantity), (record.unit, row))
        if record.unit != unit:
            words = f"{unit}, the unit of {record.quantity} in row {first}"
            yield sheet.report(row, "unit", f"'{record.unit}'", words)


def _check_case_levels(sheets: Sheets) -> Iterator[Problem]:
    """Every level of a case has one name and the quantities of all the others."""
    sheet = sheets["cases"]
    cases: dict[str, dict[str, list[tuple[Any, int]]]] = {}
    for record, row in sheet:
        cases.setdefault(record.case, {}).setdefault(record.level, []).append((record, row))
    broken = sheet.list_broken("case")
    for case, levels in cases.items():
        quantities = dict.fromkeys(
            record.quantity for rows in levels.values() for record, _ in rows
        )
        for level, rows in levels.items():
            there = {record.quantity for record, _ in rows}
            missing = [name for name in quantities if name not in there]
            if missing and case not in broken:
                yield sheet.report(
                    rows[0][1],
                    "quantity",
                    f"level {level} of {case} without {', '.join(missing)}",
                    f"in every level of {case}: {', '.join(quantities)}",
                )
            yield from _check_one_name(sheet, rows, "level")
