"""Labels of the public data sets, as `docs/quality.md` names them: facts beside source and id.

Their words are brought to the schema's. null = the source does not say, so nothing is
judged. What a label says need not stand in the text that is left of a posting: only what
does is sought, found by the same search that looks for a model's values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from enrichment import places
from enrichment.evaluation import labels, names
from enrichment.evaluation.labels import Label, OneOf, Pay, Several
from enrichment.evaluation.reading import FieldError
from enrichment.llm.posting import PostingText
from enrichment.llm.schema import Salary

_SENIORITY = {
    "Student": ("intern",),
    "Junior": ("junior",),
    "Mid-Level": ("mid",),
    "Senior": ("senior",),
    "Lead": ("lead",),
    "Manager": ("manager",),
}
# The first words that fit; a label may name several roles.
_ROLES = {
    "Data Scientist": ("data",),
    "Database Administrator": ("it_operations", "data"),
    "System Administrator": ("it_operations",),
    "DevOps": ("it_operations", "software"),
    "Designer": ("design",),
    "Developer": ("software",),
}
_EMPLOYMENT = {
    "full_time": "FULL_TIME",
    "part_time": "PART_TIME",
    "Fulltime": "FULL_TIME",
    "Stage": "INTERN",
    "Freelance": "CONTRACTOR",
}
_EDUCATION = {
    "HBO": ("bachelor",),
    "MBO": ("vocational",),
    "Universiteit": ("bachelor", "master"),
}


def read(row: Mapping[str, Any], text: PostingText) -> list[Label]:
    """
    Raises:
        FieldError: a field or a value that none of the sets has.
    """
    found: list[Label] = []
    for name, value in row.items():
        if name in {"source", "external_id", "salary_in_text"} or value is None:
            continue
        if name not in _READERS:
            raise FieldError(name, "no label is known by this name")
        found += _READERS[name](row, text)
    return found


def _seniority(row: Mapping[str, Any], text: PostingText) -> list[Label]:
    words = _texts(row, "seniority")
    levels = [
        level for word in words for level in _known(_SENIORITY, word, "seniority")
    ]
    stated = any(_stands(text, "seniority", level) for level in levels)
    return [OneOf(field="seniority", accepted=frozenset(levels), is_sought=stated)]


def _role(row: Mapping[str, Any], _text: PostingText) -> list[Label]:
    role = _text_of(row, "role")
    families = [f for words, found in _ROLES.items() if words in role for f in found]
    if not families:
        raise FieldError("role", f"{role[:40]!r} is no known role")
    return [OneOf(field="role_family", accepted=frozenset(families), is_sought=True)]


def _remote(row: Mapping[str, Any], text: PostingText) -> list[Label]:
    """True: some of the work, at least. False: not all of it."""
    is_remote = row["remote"]
    if not isinstance(is_remote, bool):
        raise FieldError("remote", "expected true, false or null")
    accepted = ("hybrid", "remote") if is_remote else ("hybrid", "on_site")
    stated = is_remote and any(_stands(text, "remote_policy", one) for one in accepted)
    return [
        OneOf(field="remote_policy", accepted=frozenset(accepted), is_sought=stated)
    ]


def _technologies(row: Mapping[str, Any], text: PostingText) -> list[Label]:
    tags = _texts(row, "technologies")
    spans = _texts(row, "knowledge") if row.get("knowledge") is not None else ()
    return [
        Several(
            field="technologies",
            sought=_standing(text, tags),
            accepted=(*tags, *spans),
            named=labels.technologies,
            anywhere=labels.knowledge,
            right_if=names.overlaps,
        )
    ]


def _knowledge(row: Mapping[str, Any], _text: PostingText) -> list[Label]:
    """Spans were marked in the text itself, so all of them stand there."""
    return [
        Several(
            field="knowledge",
            sought=_texts(row, "knowledge"),
            named=labels.knowledge,
            same=names.overlaps,
        )
    ]


def _salary(row: Mapping[str, Any], _text: PostingText) -> list[Label]:
    in_text = row.get("salary_in_text")
    if not isinstance(in_text, bool):
        raise FieldError("salary_in_text", "expected true or false beside a salary")
    try:
        salary = Salary.model_validate(row["salary"])
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, ("salary", *first["loc"])))
        raise FieldError(place, first["msg"]) from None
    return [Pay(salary=salary if in_text else None)]


def _employment(row: Mapping[str, Any], text: PostingText) -> list[Label]:
    kind = _known(_EMPLOYMENT, _text_of(row, "employment_type"), "employment_type")
    found = places.find(text, {"employment_types": [kind]})
    stated = any(one.is_supported for one in found)
    return [
        Several(
            field="employment_types",
            sought=(kind,) if stated else (),
            accepted=(kind,),
            named=labels.employment_types,
            same=labels.is_equal,
        )
    ]


def _education(row: Mapping[str, Any], text: PostingText) -> list[Label]:
    levels = _known(_EDUCATION, _text_of(row, "education"), "education")
    stated = any(_stands(text, "education", level) for level in levels)
    return [OneOf(field="education", accepted=frozenset(levels), is_sought=stated)]


def _stands(text: PostingText, field: str, value: str) -> bool:
    return any(found.is_supported for found in places.find(text, {field: value}))


def _standing(text: PostingText, tags: Sequence[str]) -> tuple[str, ...]:
    """The tags that stand in the text, by any of their names."""
    written = {names.as_written(tag): tag for tag in tags}
    found = places.find(text, {"tools": list(written)})
    standing = {one.value for one in found if one.is_supported}
    return tuple(tag for text, tag in written.items() if text in standing)


def _known(table: Mapping[str, Any], word: str, field: str) -> Any:
    if word not in table:
        raise FieldError(field, f"{word[:40]!r} is none of {', '.join(table)}")
    return table[word]


def _text_of(row: Mapping[str, Any], field: str) -> str:
    if not isinstance(row[field], str):
        raise FieldError(field, "expected a text or null")
    return str(row[field])


def _texts(row: Mapping[str, Any], field: str) -> tuple[str, ...]:
    value = row[field]
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise FieldError(field, "expected a list of texts or null")
    # A tokeniser left lone marks behind: no name is without a letter or a digit.
    return tuple(dict.fromkeys(one for one in value if any(c.isalnum() for c in one)))


_READERS: dict[str, Callable[[Mapping[str, Any], PostingText], list[Label]]] = {
    "seniority": _seniority,
    "role": _role,
    "remote": _remote,
    "technologies": _technologies,
    "knowledge": _knowledge,
    "salary": _salary,
    "employment_type": _employment,
    "education": _education,
}
FIELDS = frozenset(_READERS)
