"""schema.org's JobPosting, as JSON-LD has it: alone, in a list, in a graph or in a feed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jobs.importing import odd_json, schema_org_facts
from jobs.importing.given import Collected, Job

POSTING = "JobPosting"
# Where other things stand that are of the page, not of another thing.
_HOLDERS = ("@graph", "itemListElement", "item", "dataFeedElement", "mainEntity")
_DEEPEST = 12
# Texts that some pages have in place of a description.
_PARTS = ("responsibilities", "qualifications", "skills", "jobBenefits")
_ALSO = {
    "industry": "industry",
    "occupationalCategory": "category",
    "workHours": "work_hours",
    "jobStartDate": "starts",
    "totalJobOpenings": "openings",
}

Node = Mapping[str, Any]


def is_node(value: Node) -> bool:
    return "@type" in value or "@graph" in value


def jobs(value: object, *, page: str = "") -> Iterator[Job]:
    """Each JobPosting in it; everything else that has a type is skipped by that.

    Args:
        page: the address that relative ones are meant from.
    """
    nodes = list(_nodes(value))
    named = {odd_json.text(node["@id"]): node for node in nodes if node.get("@id")}
    for node in nodes:
        kinds = types(node)
        if POSTING in kinds:
            yield _job(node, named, page=page)
        elif kinds:
            yield Job(skipped=f"of type {kinds[0]}")


def types(node: Node) -> list[str]:
    """The last parts of its types: `JobPosting` for `https://schema.org/JobPosting`."""
    found = odd_json.shorts(node.get("@type"))
    return [one.replace(":", "/").rsplit("/", 1)[-1] for one in found]


def _nodes(value: object, depth: int = 0) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _nodes(one, depth + 1)
    elif isinstance(value, dict):
        held = [value[name] for name in _HOLDERS if name in value]
        inner = list(_nodes(held, depth + 1))
        # A list and its items are only wrapping, around job postings.
        if POSTING not in types(value) and (
            "@graph" in value or any(POSTING in types(one) for one in inner)
        ):
            yield from inner
        else:
            yield value


def _job(node: Node, named: Mapping[str, Node], *, page: str) -> Job:
    out = Collected("schema.org")
    employer = _whole(node.get("hiringOrganization"), named)
    company = odd_json.line(employer.get("legalName") or employer.get("name"))
    url = _url(out, node, page=page)
    location = schema_org_facts.read(out, node, named)
    out.also(
        valid_through=out.moment("validThrough", node.get("validThrough")),
        direct_apply=_flag(node.get("directApply")),
        **{key: odd_json.short(node.get(name)) for name, key in _ALSO.items()},
    )
    host = (url or page).partition("://")[2].partition("/")[0].removeprefix("www.")
    return Job(
        values={
            "source": f"schema.org/{host}"[:100] if host else "schema.org",
            "external_id": _identifier(node, company),
            "title": odd_json.line(node.get("title") or node.get("name")),
            "company": company or odd_json.line(node.get("hiringOrganization")),
            "location": location,
            "description": _description(node),
            "url": url,
            "posted_at": out.moment("datePosted", node.get("datePosted")),
        },
        given=out.given,
        notes=out.notes,
    )


def _whole(value: object, named: Mapping[str, Node]) -> Node:
    """The thing itself, where only its name in the graph is given."""
    node = odd_json.mapping(next(iter(odd_json.items(value)), None))
    return named.get(odd_json.text(node.get("@id")), node) if len(node) < 3 else node


def _identifier(node: Node, company: str) -> str:
    """As the employer counts its jobs; many give their own name there, to each of them."""
    for one in odd_json.items(node.get("identifier")):
        value = odd_json.mapping(one).get("value") if isinstance(one, dict) else one
        if (found := odd_json.line(value)) and found != company:
            return found
    return ""


def _url(out: Collected, node: Node, *, page: str) -> str:
    whole = odd_json.mapping(node.get("mainEntityOfPage"))
    value = (
        node.get("url")
        or whole.get("@id")
        or node.get("mainEntityOfPage")
        or node.get("sameAs")
    )
    return out.address("url", value, base=page) if value else page


def _description(node: Node) -> str:
    if found := odd_json.text(node.get("description")).strip():
        return found
    parts = (odd_json.items(node.get(name)) for name in _PARTS)
    return "\n\n".join(
        filter(None, (odd_json.text(one) for part in parts for one in part))
    )


def _flag(value: object) -> bool | None:
    words = odd_json.text(value).lower()
    return words == "true" if words in ("true", "false") else None
