"""What lies inside a teacher's record, read and put back: pins, certificates, a running term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from allocator.county.people import Certificate, Pin, Teacher
from allocator.records.fields import certificate_id
from allocator.records.inside import without
from allocator.records.rows import Part, Plain


def _fixed(record: Plain) -> Any:
    """The pin that says where a teacher is to be: a campus, or ``stays``; None without one."""
    for pin in record["pins"]:
        if pin["kind"] != "not_to":
            return pin["campus"] if pin["kind"] == "goes" else "stays"
    return None


def _fix(record: Plain, value: Any) -> Plain:
    barred = [p for p in record["pins"] if p["kind"] == "not_to"]
    before = next((p for p in record["pins"] if p["kind"] != "not_to"), None)
    reason = "" if before is None else before.get("reason", "")
    if value is None:
        return {"pins": barred}
    stays = value == "stays"
    kind, campus = ("stays", None) if stays else ("goes", value)
    return {"pins": [{"kind": kind, "campus": campus, "reason": reason}, *barred]}


def _barred(record: Plain) -> Any:
    return [p["campus"] for p in record["pins"] if p["kind"] == "not_to"]


def _bar(record: Plain, value: Any) -> Plain:
    known = {p["campus"]: p for p in record["pins"] if p["kind"] == "not_to"}
    fixed = [p for p in record["pins"] if p["kind"] != "not_to"]
    barred = [known.get(c, {"kind": "not_to", "campus": c, "reason": ""}) for c in value or ()]
    return {"pins": [*fixed, *barred]}


PIN, NOT_TO = Part(_fixed, _fix), Part(_barred, _bar)


def pin_id(values: Plain) -> str:
    """The id of a pin: teacher, kind, and the campus meant."""
    parts = (values["teacher"], values["kind"], values.get("campus"))
    return ".".join(str(part) for part in parts if part)


def pins_of(teacher: Teacher) -> Iterator[tuple[str, Plain]]:
    """The pins of a teacher."""
    for pin in teacher.pins:
        record = {"teacher": teacher.id, **pin.model_dump(mode="json")}
        yield pin_id(record), record


def with_pins(teacher: Teacher, records: Mapping[str, Plain]) -> Teacher:
    """A teacher with other pins."""
    made = tuple(Pin.model_validate(without(r, "teacher")) for r in records.values())
    return teacher.model_copy(update={"pins": made})


def certificates_of(teacher: Teacher) -> Iterator[tuple[str, Plain]]:
    """The certificates of a teacher."""
    for held in teacher.certificates:
        yield (
            f"{teacher.id}.{certificate_id(held.stage, held.subject)}",
            {"teacher": teacher.id, "stage": held.stage, "subject": held.subject},
        )


def with_certificates(teacher: Teacher, records: Mapping[str, Plain]) -> Teacher:
    """A teacher with other certificates."""
    made = tuple(Certificate.model_validate(without(r, "teacher")) for r in records.values())
    return teacher.model_copy(update={"certificates": made})


def _certified(record: Plain) -> Any:
    return [certificate_id(c["stage"], c["subject"]) for c in record["certificates"]]


def _certify(record: Plain, value: Any) -> Plain:
    del record
    halves = (str(code).partition(".") for code in value or ())
    return {"certificates": [{"stage": stage, "subject": subject} for stage, _, subject in halves]}


CERTIFICATES = Part(_certified, _certify)


def _term(name: str) -> Part:
    """A field of the running term; without a home campus there is no term."""

    def read(record: Plain) -> Any:
        term = record["running_term"]
        return None if term is None else term[name]

    def written(record: Plain, value: Any) -> Plain:
        term = record["running_term"]
        if name == "home" and value is None:
            return {"running_term": None}
        if term is None and not value:
            return {}
        return {"running_term": {**(term or {}), name: value}}

    return Part(read, written)


TERM: Mapping[str, Part] = {f"term_{n}": _term(n) for n in ("home", "started", "ends", "goes_on")}
