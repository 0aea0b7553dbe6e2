"""Does the employer post the job, or an agency for another employer?"""

from __future__ import annotations

import re

from enrichment.llm.schema import Sourcing
from enrichment.offline.rules.reading import Reading
from enrichment.offline.rules.sections import Section
from enrichment.offline.rules.words import Words, fold, listed, phrases

_AGENCY_NAMES = phrases(
    """
uitzendbureau; uitzend; uitzendgroep; interim; interimkantoor; staffing; recruitment
recruiting; employment agency; werving; detachering; headhunters; executive search
temp agency; agence d'interim; search & selection; personeelsdiensten; interimbureau
"""
)
_FOR_CLIENT = phrases(
    """
on behalf of our client; on behalf of a client; for our client; for one of our clients
for a client of ours; our client is; our client; one of our clients; for a client
on behalf of one of our clients; on behalf of one of our customers
our client a; voor onze klant; voor een klant; voor een van onze klanten; voor onze opdrachtgever
voor een opdrachtgever; voor een van onze opdrachtgevers; onze opdrachtgever
in opdracht van onze; bij onze klant; bij de opdrachtgever; bij onze opdrachtgever
van onze opdrachtgevers; contract bij de klant; de opdrachtgever
pour notre client; pour un de nos clients; pour l'un de nos clients; pour un de ses clients
pour l'un de ses clients; pour le compte d'un de nos clients; pour le compte de notre client
notre client; pour le compte d'un client; d'un de nos clients; contract at the client
"""
)
# A consultancy works for clients too; these make the client the employer or the place.
_STRONG = re.compile(
    r"(?:on behalf of|for (?:our|one of our|a) clients?|our client(?!s)|looking for .{0,40}client|"
    r"voor (?:onze|een|een van onze) (?:klant|opdrachtgever)|opdrachtgever|"
    r"pour (?:notre|un de (?:nos|ses)|l'un de (?:nos|ses)|le compte)|notre client(?!s)|"
    r"contract (?:at|bij) (?:the|de) (?:client|klant))"
)
_DIRECT = phrases(
    """
no agencies; no recruitment agencies; no third party; no recruiters; agencies please refrain
not appreciated; acquisition on the basis; acquisitie; geen acquisitie; geen bureaus
geen recruiters; bureaus en zelfstandigen; our own team; for our own team; ons eigen team
voor ons eigen team; notre propre equipe; agences s'abstenir; cabinets s'abstenir
not accept unsolicited; unsolicited resumes; no third party recruitment agencies
wervingsbureaus; equal opportunity employer; staffing agencies; wij zijn een familiebedrijf
third party agencies; recruitment agencies
"""
)
_OURS = re.compile(
    r"(?<!\w)(?:we|our|us|wij|we|ons|onze|nous|notre|nos|chez nous|bij ons)(?!\w)"
)
_COMMON = listed(
    """
the and of de van het le la les des du et bv nv sa srl inc ltd gmbh group groep
groupe company services dept department office institute school gemeente city agency
"""
)


def sourcing(reading: Reading) -> Sourcing | None:
    folded = [
        each.words for each in reading.sentences if each.section is not Section.NICE
    ]
    own = any(
        "own team" in words.folded or "eigen team" in words.folded for words in folded
    )
    if not own and _is_agency(reading, folded):
        return Sourcing.AGENCY
    if own or any(_DIRECT.has(words) for words in folded):
        return Sourcing.DIRECT
    return Sourcing.DIRECT if _speaks_for_itself(reading, folded) else None


def _is_agency(reading: Reading, texts: list[Words]) -> bool:
    if any(
        _FOR_CLIENT.has(words) and _STRONG.search(words.folded) for words in texts[:40]
    ):
        return True
    named = _AGENCY_NAMES.has(reading.company)
    # `Interim` and `recruitment` are also what a company's own people do.
    return named and not any(_DIRECT.has(words) for words in texts)


def _speaks_for_itself(reading: Reading, texts: list[Words]) -> bool:
    """The company is named in the text, which says `we` or `our`."""
    names = {
        word.text
        for word in reading.company.items
        if len(word.text) > 2 and word.text not in _COMMON
    }
    if not names:
        return False
    is_named = any(word.text in names for words in texts for word in words.items)
    return is_named and any(_OURS.search(fold(words.source)) for words in texts)
