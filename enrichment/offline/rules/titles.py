"""The job title without what is not one: marks, hours, company, place, advertising."""

from __future__ import annotations

import re

from enrichment.llm.orders import without_orders
from enrichment.llm.schema import MAX_ITEM_CHARS
from enrichment.offline.rules.layout import plain
from enrichment.offline.rules.reading import MAX_FIELD_CHARS, Reading
from enrichment.offline.rules.words import Words, fold, phrases

_MARK = r"[mfvhwdxni](?:\s?[/|*.,-]{1,2}\s?[mfvhwdxni]){1,3}"
_GENDER = re.compile(
    rf"[(\[]\s?(?:{_MARK}|all genders|alle geslachten|gn|h/f/\w{{1,4}})\s?[)\]]"
    rf"|(?<!\w){_MARK}(?!\w)",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"(?<!\w)\d{1,2}(?:[.,]\d{1,2})?\s?(?:(?:-|–|to|tot|à|/)\s?\d{1,2}(?:[.,]\d{1,2})?\s?)?"
    r"(?:uur|uren|hours?|hrs?|h/(?:sem|week)\w*|heures?|fte|etp)(?!\w)"
    r"(?:\s?(?:per|a|par|/|p)\.?\s?(?:week|semaine|w))?",
    re.IGNORECASE,
)
# Where another field of the posting was glued to the title.
_FIELD = re.compile(
    r"\s{2,}|\s<[A-Z_]+>|\s(?:Date posted|Job type|Job description|Location)\s?:"
)
_DROPPED = phrases(
    """
full-time; fulltime; full time; part-time; parttime; part time; temps plein; temps partiel
voltijds; deeltijds; mi-temps; remote; hybrid; hybride; teletravail; on-site; onsite
thuiswerk; shift; shifts; ploegen; urgent; dringend; bienvenus; welcome; welkom
bienvenue; vacature; vacancy; mois; maanden; months; ans; per direct; asap; immediate start
jours; dagen; days; zaterdag; weekend; cdi; cdd; startbonus; sign-on bonus; hiring now; now hiring
"""
)
_ADVERTISING = re.compile(
    r"^(?:urgent|dringend gezocht|gezocht|wanted|vacature|vacancy|top ?job|topvacature|"
    r"hot job|nieuw|new|we(?:'re| are) hiring|wij zoeken(?: een)?|we zoeken(?: een)?|"
    r"nous recherchons(?: un\(?e?\)?| une)?|on recrute|offre d'emploi|job)\s?[:!*-]+\s*",
    re.IGNORECASE,
)
_EDGES = " \t-–—|/,;:·•*!_#+"


def title(reading: Reading) -> str:
    """Never empty where the posting has a title."""
    raw = reading.posting.title[:MAX_FIELD_CHARS]
    given = reading.title.source or " ".join(plain(raw).split())
    text = _first_field(raw) or given
    text = _ADVERTISING.sub("", _GENDER.sub(" ", text))
    text = _without_brackets(text)
    text = _HOURS.sub(" ", text)
    text = _without_parts(text, reading)
    text = _without_place(text, reading)
    text = " ".join(text.split()).replace("( ", "(").strip(_EDGES)
    if not any(c.isalnum() for c in text):
        text = given
    return text[:MAX_ITEM_CHARS].strip()


def _first_field(raw: str) -> str:
    """What stands before another field that was glued to the title, if one was."""
    raw = raw.strip()
    cut = _FIELD.search(raw)
    first = without_orders(plain(raw[: cut.start()])) if cut else ""
    return first if len(first.split()) > 1 else ""


def _without_brackets(text: str) -> str:
    """Brackets go where they hold a condition rather than a subject."""

    def kept(match: re.Match[str]) -> str:
        inner = Words(match[0])
        is_condition = _DROPPED.has(inner) or "%" in match[0] or _HOURS.search(match[0])
        return " " if is_condition or not inner.items else match[0]

    return re.sub(r"[(\[][^()\[\]]{0,80}[)\]]", kept, text)


def _without_parts(text: str, reading: Reading) -> str:
    """`Title - Company | Full-time`: parts that are the company, or conditions only."""
    company = fold(reading.company.source)
    parts = re.split(r"(\s+[-–—|@]\s+|\s+(?:at|bij|chez)\s+(?=[^\W_a-z]))", text)
    kept = parts[0]
    for joint, part in zip(parts[1::2], parts[2::2], strict=False):
        words = Words(part)
        is_company = (
            bool(company) and fold(part).strip(" .") in company and part.strip()
        )
        dropped = sum(hit.last - hit.first + 1 for hit in _DROPPED.find(words))
        is_condition = 2 * dropped >= len(words) > 0
        if words.items and not is_company and not is_condition:
            kept += joint + part
    return kept


def _without_place(text: str, reading: Reading) -> str:
    """The place at the end goes, if the posting's location names it too."""
    places = {word.text for word in reading.location.items if len(word.text) > 3}
    words = Words(text)
    while len(words) > 1 and words.items[-1].text in places:
        end = words.items[-2].end
        if text[words.items[-1].end :].strip(_EDGES):
            break
        text = re.sub(
            r"\s(?:in|te|regio|region|région|à|a|-|,)$",
            "",
            text[:end],
            flags=re.IGNORECASE,
        )
        words = Words(text)
    return text
