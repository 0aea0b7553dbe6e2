"""Labels in the project's own format: see `docs/quality.md`.

`{"source": ..., "external_id": ..., "facts": {"seniority": "senior", "salary": null}}`, each
fact as the schema has it. A fact that is left out is not known and not judged; null or an
empty list = the posting doesn't say, and any value is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from enrichment.evaluation import labels
from enrichment.evaluation.labels import Label, OneOf, Pay, Several, Values
from enrichment.evaluation.reading import FieldError
from enrichment.llm.posting import PostingText
from enrichment.llm.schema import (
    ContractType,
    Education,
    EmploymentType,
    RemotePolicy,
    RoleFamily,
    Salary,
    Seniority,
)
from enrichment.offline.rules.spoken import NAMES

SIGN = "facts"
SINGLE: dict[str, type[StrEnum]] = {
    "role_family": RoleFamily,
    "seniority": Seniority,
    "contract_type": ContractType,
    "remote_policy": RemotePolicy,
    "education": Education,
}


def read(row: Mapping[str, Any], _text: PostingText) -> list[Label]:
    """
    Raises:
        FieldError: a fact that isn't known here, or a value that it can't have.
    """
    facts = row[SIGN]
    if not isinstance(facts, dict):
        raise FieldError(SIGN, "expected an object")
    for name in row:
        if name not in {"source", "external_id", SIGN}:
            raise FieldError(name, f"unknown; labels stand in {SIGN!r}")
    return [_label(name, value) for name, value in facts.items()]


def _label(name: str, value: Any) -> Label:
    field = f"{SIGN}.{name}"
    if name in SINGLE:
        return _one(name, value, field=field)
    if name in _LISTS:
        return _LISTS[name](value, field)
    if name == "salary":
        return _pay(value, field=field)
    known = ", ".join([*SINGLE, *_LISTS, "salary"])
    raise FieldError(field, f"no label is known by this name; known are {known}")


def _one(name: str, value: Any, *, field: str) -> OneOf:
    """A list: each of its values is right, and null in it means that none is right too."""
    among = value if isinstance(value, list) else [value]
    known = [str(member) for member in SINGLE[name]]
    if not among:
        raise FieldError(field, "an empty list; null = the posting doesn't say")
    for one in among:
        if one is not None and one not in known:
            raise FieldError(field, f"expected null or one of {', '.join(known)}")
    return OneOf(
        field=name,
        accepted=frozenset(one for one in among if one is not None),
        is_sought=None not in among,
    )


def _pay(value: Any, *, field: str) -> Pay:
    if value is None:
        return Pay(salary=None)
    try:
        salary = Salary.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, (field, *first["loc"])))
        raise FieldError(place, first["msg"]) from None
    if salary.min is None and salary.max is None:
        raise FieldError(field, "neither min nor max; null = the text states no pay")
    return Pay(salary=salary)


def _technologies(value: Any, field: str) -> Several:
    return Several(
        field="technologies",
        sought=_texts(value, field=field, known=None),
        named=labels.technologies,
        anywhere=labels.knowledge,
    )


def _exactly(name: str, *, named: Values, known: list[str]) -> Callable[..., Several]:
    def build(value: Any, field: str) -> Several:
        return Several(
            field=name,
            sought=_texts(value, field=field, known=known),
            named=named,
            same=labels.is_equal,
        )

    return build


def _texts(value: Any, *, field: str, known: list[str] | None) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise FieldError(field, "expected a list; [] = the posting names none")
    for one in value:
        if not isinstance(one, str) or not one.strip():
            raise FieldError(field, "expected texts that aren't empty")
        if known is not None and one not in known:
            raise FieldError(field, f"{one[:40]!r} is none of {', '.join(known)}")
    return tuple(dict.fromkeys(value))


_LISTS: dict[str, Callable[[Any, str], Several]] = {
    "technologies": _technologies,
    "employment_types": _exactly(
        "employment_types",
        named=labels.employment_types,
        known=[str(member) for member in EmploymentType],
    ),
    "spoken_languages": _exactly(
        "spoken_languages", named=labels.spoken_languages, known=sorted(NAMES)
    ),
}
