"""What a schema.org JobPosting gives beside its text: pay, employment, places, requirements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jobs.importing import odd_json
from jobs.importing.given import Collected, Pay

# Only of one value in it is said what it is; deeper is no pay.
_DEEPEST = 4
_AMOUNTS = (("minValue", "maxValue"), ("minPrice", "maxPrice"), ("value",), ("price",))

Node = Mapping[str, Any]


def read(out: Collected, node: Node, named: Mapping[str, Node]) -> str:
    """Into `out`; the places as one line."""
    _pay(out, node)
    out.employment(node.get("employmentType"))
    places = [_place(one, named) for one in odd_json.items(node.get("jobLocation"))]
    names = [words for _parts, words in places if words]
    out.locations([parts for parts, _words in places], raw="; ".join(names))
    regions = odd_json.shorts(node.get("applicantLocationRequirements"))
    out.also(applicant_locations=regions)
    kind = odd_json.short(node.get("jobLocationType"))
    out.remote(kind)
    _requirements(out, node)
    if not names and "remote_policy" in out.facts:
        names = [f"Remote ({', '.join(regions)})" if regions else "Remote"]
    return "; ".join(dict.fromkeys(names))


def _pay(out: Collected, node: Node) -> None:
    value = node.get("baseSalary")
    if value in (None, "", [], {}):
        return
    currency = odd_json.text(node.get("salaryCurrency"))
    pays = list(_pays(out, value, name="baseSalary", currency=currency, unit=""))
    out.salary("baseSalary", pays, raw=" ".join([*_words(value), currency]))


def _pays(
    out: Collected,
    value: object,
    *,
    name: str,
    currency: str,
    unit: str,
    depth: int = 0,
) -> Iterator[Pay | None]:
    if isinstance(value, list):
        for number, one in enumerate(value[: odd_json.MOST]):
            place = f"{name}[{number}]" if len(value) > 1 else name
            yield from _pays(
                out, one, name=place, currency=currency, unit=unit, depth=depth + 1
            )
    elif not isinstance(value, dict):
        yield out.pay(name, {"": value}, currency=currency, period=unit)
    elif depth <= _DEEPEST:
        said = value.get("currency") or value.get("priceCurrency")
        currency = odd_json.text(said) or currency
        unit = odd_json.text(value.get("unitText") or value.get("unitCode")) or unit
        inner = value.get("value")
        if isinstance(inner, dict | list):
            yield from _pays(
                out,
                inner,
                name=f"{name}.value",
                currency=currency,
                unit=unit,
                depth=depth + 1,
            )
        else:
            yield out.pay(name, _amounts(value), currency=currency, period=unit)


def _amounts(value: Node) -> dict[str, object]:
    """By the first names that are there."""
    for names in _AMOUNTS:
        found = {name: value.get(name) for name in names}
        if any(one not in (None, "") for one in found.values()):
            return found
    return {}


def _words(value: object, depth: int = 0) -> Iterator[str]:
    """Amounts and terms as they stand."""
    if isinstance(value, dict):
        for name, one in value.items():
            if not name.startswith("@"):
                yield from _words(one, depth + 1) if depth < _DEEPEST else ()
    elif isinstance(value, list):
        for one in value[: odd_json.MOST]:
            yield from _words(one, depth + 1) if depth < _DEEPEST else ()
    elif words := odd_json.short(value):
        yield words


def _place(value: object, named: Mapping[str, Node]) -> tuple[dict[str, str], str]:
    """Its parts, and how it is called."""
    place = odd_json.mapping(value)
    if len(place) < 3:
        place = named.get(odd_json.text(place.get("@id")), place)
    address = next(iter(odd_json.items(place.get("address"))), None)
    postal = address if isinstance(address, dict) else place
    parts = {
        "city": odd_json.short(postal.get("addressLocality")),
        "region": odd_json.short(postal.get("addressRegion")),
        "country": odd_json.short(postal.get("addressCountry")),
    }
    words = ", ".join(dict.fromkeys(filter(None, parts.values())))
    plain = address if isinstance(address, str) else value
    return parts, words or odd_json.short(plain)


def _requirements(out: Collected, node: Node) -> None:
    experience = next(iter(odd_json.items(node.get("experienceRequirements"))), None)
    months = odd_json.mapping(experience).get("monthsOfExperience")
    words = odd_json.text(experience) or odd_json.text(
        odd_json.mapping(experience).get("description")
    )
    out.experience(
        months=months,
        raw=words or (f"{odd_json.text(months)} months" if months else ""),
    )
    education = next(iter(odd_json.items(node.get("educationRequirements"))), None)
    credential = odd_json.mapping(education).get("credentialCategory")
    out.education(odd_json.text(credential) or odd_json.text(education))
