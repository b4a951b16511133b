"""Reading a folder of data files into unsaved processes, frameworks, elements and mappings."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from stocktake.domain.frameworks.choices import Relation
from stocktake.domain.frameworks.models import Element, Framework, Mapping, Process
from stocktake.kernel.common.identifiers import stable_public_id
from stocktake.kernel.vocabularies.files import (
    DataFileError,
    Row,
    read_facts,
    read_table,
    text_of,
)
from stocktake.kernel.vocabularies.terms import PARTIAL_DATE

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
"""The code of a process, framework or scheme: it stands in addresses."""

_ELEMENT_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@dataclass
class Reading:
    """What a folder holds."""

    processes: list[Process] = field(default_factory=list)
    frameworks: list[Framework] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    mappings: list[Mapping] = field(default_factory=list)


def read_folder(
    folder: Path,
    collection: str,
    *,
    other_elements: Collection[str] = (),
    other_processes: Collection[str] = (),
) -> Reading:
    """Read `processes/*/process.toml`, the frameworks beside and in them, and `mappings/`.

    Args:
        other_elements: qualified codes that other folders brought and mappings may lead to.
        other_processes: codes that other folders brought and files may name.

    Raises:
        DataFileError: a file contradicts itself, or there is nothing to read.
    """
    reading = Reading()
    for path in sorted(folder.glob("processes/*/process.toml")):
        reading.processes.append(_process(path, collection))
    reading.processes.sort(key=lambda each: (each.related_to_id is not None, each.position))
    processes = {each.public_id for each in reading.processes} | set(other_processes)
    for process in reading.processes:
        if process.related_to_id and process.related_to_id not in processes:
            told = {"code": process.related_to_id}
            raise DataFileError(folder, _("There is no process %(code)s.") % told)
    files = [*folder.glob("frameworks/*.toml"), *folder.glob("processes/*/frameworks/*.toml")]
    for path in sorted(files):
        framework = _framework(path, collection, processes)
        reading.frameworks.append(framework)
        reading.elements.extend(_elements(path.with_suffix(".csv"), framework))
    _refuse_twice(folder, [each.public_id for each in reading.frameworks])
    known = {each.public_id for each in reading.elements} | set(other_elements)
    for path in sorted(folder.glob("mappings/*.csv")):
        reading.mappings.extend(_mappings(path, collection, known))
    _refuse_twice(folder, [str(each) for each in reading.mappings])
    if not (reading.processes or reading.frameworks or reading.mappings):
        raise DataFileError(folder, _("The folder holds no processes, frameworks or mappings."))
    return reading


def _process(path: Path, collection: str) -> Process:
    facts = read_facts(path)
    return Process(
        public_id=_code(facts, path, path.parent.name),
        names=text_of(facts.get("names")),
        description=text_of(facts.get("description")),
        phases=[_phase(phase, path) for phase in facts.get("phases", ())],
        related_to_id=facts.get("related_to") or None,
        collection=collection,
        **_common(facts),
    )


def _phase(phase: dict[str, Any], path: Path) -> dict[str, Any]:
    for name in ("starts", "ends"):
        if phase.get(name) and not re.match(PARTIAL_DATE, phase[name]):
            told = {"value": phase[name]}
            raise DataFileError(path, _("%(value)s is no date such as 2007-10-29.") % told)
    plain = {name: str(phase.get(name, "")) for name in ("kind", "starts", "ends", "source")}
    return {**plain, "names": text_of(phase.get("names")).to_json()}


def _framework(path: Path, collection: str, processes: Collection[str]) -> Framework:
    facts = read_facts(path)
    process = facts.get("process", "")
    if process and process not in processes:
        raise DataFileError(path, _("There is no process %(code)s.") % {"code": process})
    return Framework(
        public_id=_code(facts, path, path.stem),
        process_id=process or None,
        names=text_of(facts.get("names") or {"en": facts["title"]}),
        description=text_of(facts.get("description")),
        levels=[text_of(level).to_json() for level in facts.get("levels", ())],
        note=facts.get("note", ""),
        collection=collection,
        **_common(facts),
    )


def _common(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": facts["source"],
        "licence": facts["licence"],
        "date": facts["date"],
        "position": facts.get("order", 1000),
    }


def _code(facts: dict[str, Any], path: Path, name: str) -> str:
    code = str(facts.get("code", ""))
    if code != name or not _CODE.fullmatch(code):
        told = {"code": code, "name": name}
        message = _(
            "The code %(code)s must be the name %(name)s, in small letters, digits and hyphens."
        )
        raise DataFileError(path, message % told)
    return code


def _elements(path: Path, framework: Framework) -> Iterator[Element]:
    known: dict[str, Element] = {}
    for position, row in enumerate(read_table(path, columns=("code", "broader", "name_en"))):
        code = row["code"]
        if not _ELEMENT_CODE.fullmatch(code):
            raise row.error(_("%(code)s is no code of an element.") % {"code": code})
        if code in known:
            raise row.error(_("%(code)s is listed twice.") % {"code": code})
        if row["broader"] and row["broader"] not in known:
            told = {"code": row["broader"]}
            raise row.error(_("The broader code %(code)s does not come before.") % told)
        broader = known.get(row["broader"])
        known[code] = Element(
            public_id=f"{framework.public_id}:{code}",
            framework_id=framework.public_id,
            code=code,
            broader_id=broader.public_id if broader else None,
            ancestors=[*broader.ancestors, broader.public_id] if broader else [],
            position=position,
            names=row.text(),
            description=row.text("description_"),
            valid_from=_partial(row, "valid_from"),
            valid_to=_partial(row, "valid_to"),
            withdrawn_on=row.day("withdrawn_on"),
            collection=framework.collection,
        )
        if not known[code].names:
            raise row.error(_("%(code)s has no name.") % {"code": code})
    yield from known.values()


def _partial(row: Row, column: str) -> str:
    value = row.get(column)
    if value and not re.match(PARTIAL_DATE, value):
        raise row.error(_("%(value)s is no date such as 2007-10-29.") % {"value": value})
    return value


def _mappings(path: Path, collection: str, known: Collection[str]) -> Iterator[Mapping]:
    facts = read_facts(path.with_suffix(".toml"))
    outside = facts.get("outside_schemes", ())
    columns = ("from_framework", "from_code", "relation", "to_framework", "to_code", "source")
    for position, row in enumerate(read_table(path, columns=columns)):
        start = f"{row['from_framework']}:{row['from_code']}"
        end = f"{row['to_framework']}:{row['to_code']}"
        if row["relation"] not in Relation.values:
            raise row.error(_("%(value)s is no relation.") % {"value": row["relation"]})
        for code in (end,) if row["from_framework"] in outside else (start, end):
            if code not in known:
                raise row.error(_("There is no element %(code)s.") % {"code": code})
        yield Mapping(
            public_id=stable_public_id("M", f"{start} {end}"),
            table=path.stem,
            from_scheme=row["from_framework"],
            from_code=row["from_code"],
            from_element_id=None if row["from_framework"] in outside else start,
            relation=row["relation"],
            to_element_id=end,
            source=row["source"],
            note=row.get("note"),
            position=position,
            collection=collection,
        )


def _refuse_twice(folder: Path, codes: list[str]) -> None:
    seen = set()
    for code in codes:
        if code in seen:
            raise DataFileError(folder, _("%(code)s is listed twice.") % {"code": code})
        seen.add(code)
