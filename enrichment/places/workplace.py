"""Where a place stands, and which country its cities are in; and where work may be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from enrichment.llm.schema import RemotePolicy
from enrichment.offline.rules import remote as rules
from enrichment.offline.rules.words import Hit, Words, fold, listed, split
from enrichment.places import synonyms
from enrichment.places.texts import Place, Text, Texts, first_of

# Where a phrase stands this often, each time as something else, it is looked at no further.
MOST_POLICIES = 200
# Cities, provinces and regions whose country needs no telling.
_COUNTRIES = {
    "Belgium": """
Antwerpen; Antwerp; Anvers; Gent; Ghent; Gand; Brugge; Bruges; Leuven; Louvain; Brussel
Brussels; Bruxelles; Mechelen; Malines; Hasselt; Genk; Kortrijk; Courtrai; Roeselare; Aalst
Sint-Niklaas; Oostende; Ostend; Ostende; Liege; Luik; Charleroi; Namur; Namen; Mons; Tournai; Doornik
Louvain-la-Neuve; Wavre; Waver; Turnhout; Zaventem; Vilvoorde; Machelen; Lier; Dendermonde
Ieper; Ypres; Waregem; Tongeren; Sint-Truiden; Eupen; Verviers; Arlon; Aarlen; Nivelles
Nijvel; Waterloo; La Louviere; Mouscron; Moeskroen; Diegem; Zwevegem; Lokeren; Deinze; Herentals
Vlaanderen; Flanders; Flandre; Wallonie; Wallonia; Vlaams-Brabant; West-Vlaanderen
Oost-Vlaanderen; Brabant wallon; Henegouwen; Hainaut; Flemish Brabant; Brussels-Capital
Bruxelles-Capitale; Kempen; Zeebrugge""",
    "Netherlands": """
Amsterdam; Rotterdam; Den Haag; The Hague; Utrecht; Eindhoven; Groningen; Tilburg; Almere; Breda
Nijmegen; Apeldoorn; Haarlem; Arnhem; Enschede; Amersfoort; Zaandam; Den Bosch
's-Hertogenbosch; Hoofddorp; Maastricht; Leiden; Dordrecht; Zoetermeer; Zwolle; Deventer; Delft
Alkmaar; Heerlen; Venlo; Leeuwarden; Hilversum; Amstelveen; Roosendaal; Schiedam; Schiphol
Veldhoven; Helmond; Gouda; Vlissingen; Middelburg; Terneuzen; Assen; Emmen; Lelystad; Hengelo
Noord-Holland; Zuid-Holland; Noord-Brabant; Gelderland; Overijssel; Drenthe; Friesland
Flevoland; Zeeland; Randstad; Wageningen; Nieuwegein; Veenendaal; Sittard; Oosterhout""",
    "France": """
Paris; Parijs; Marseille; Lyon; Toulouse; Nantes; Montpellier; Strasbourg; Bordeaux; Lille
Rijsel; Rennes; Reims; Toulon; Grenoble; Dijon; Angers; Villeurbanne; Le Havre; Clermont-Ferrand
Aix-en-Provence; Brest; Limoges; Amiens; Metz; Besancon; Orleans; Rouen; Mulhouse; Caen
Perpignan; Dunkerque; Roubaix; Tourcoing; Valenciennes; Annecy; Poitiers; La Rochelle
Ile-de-France; Hauts-de-France; Bretagne; Normandie; Occitanie; Nouvelle-Aquitaine; Grand Est
Auvergne-Rhone-Alpes; La Defense; Sophia Antipolis; Saint-Etienne; Villeneuve-d'Ascq""",
    "Luxembourg": "Luxembourg-Ville; Esch-sur-Alzette; Kirchberg",
}
# Also words, unless they are written as names within a sentence.
_WORDS = listed(
    "nice tours goes best spa mol geel as lens die bree pau ham ede oss mons mere"
)
# `Hybrid` things that are no way to work.
_NOT_POLICY = listed(
    """
car cars vehicle vehicles wagen wagens auto auto's bike bikes cloud clouds infrastructure
voiture voitures vehicule vehicules app apps application applications engine engines motor
environment environments it seeds mobile drive powertrain storage identity integration
architecture architectures event events materials vrachtwagen bedrijfswagen leasewagen bus
gym fitness parking canteen nursery lunch restaurant cafe kitchen childcare catering
allowance budget equipment stipend interview vergoeding support monitoring control sensing
desktop access team teams location locations area areas sites site users clients learning
maintenance assistance diagnostics hands server servers customers visit visits construction
medical consultation secretary
"""
)
_THINGS = listed(
    """
camionnette camionnettes voiture voitures vehicule vehicules camion moteur velo flotte cloud
"""
)
_NEGATIONS = listed(
    "no not non geen niet pas sans zonder isn never without aucun ni kein"
)


def location(texts: Texts, value: str, *, is_country: bool) -> tuple[Place, ...]:
    names = dict.fromkeys((value, *synonyms.others(value)))
    found = first_of(place for name in names for place in _place(texts, name))
    if found or not is_country:
        return found
    cities = _cities().get(_country(value), ())
    return first_of(place for city in cities for place in _place(texts, city))


def _place(texts: Texts, name: str) -> Iterator[Place]:
    for text in texts.all:
        for hit in text.hits(name, name):
            if text.part == "location" or _is_name(text.words, hit):
                yield text.place(hit)


def _is_name(words: Words, hit: Hit[str]) -> bool:
    if hit.text.islower():
        return False
    if len(hit.text) <= 3 and hit.text.isalpha() and not hit.text.isupper():
        # `US` and `UK`, not `Us`.
        return fold(hit.text) not in {"us", "uk"}
    if words.texts[hit.first] not in _WORDS:
        return True
    first = hit.first == 0 or any(c in ".!?:;\n•" for c in words.gap(hit.first))
    return not first and words.after(hit.last)[:1] != ["to"]


def _country(value: str) -> str:
    names = {fold(name) for name in (value, *synonyms.others(value))}
    return next(
        (country for country in _COUNTRIES if fold(country) in names), fold(value)
    )


@cache
def _cities() -> dict[str, list[str]]:
    return {country: split(cities) for country, cities in _COUNTRIES.items()}


_PATTERNS = {
    RemotePolicy.REMOTE: (rules.FULLY,),
    RemotePolicy.HYBRID: (rules.HYBRID,),
    RemotePolicy.ON_SITE: (rules.NO_HOME, rules.IN_PLACE),
}


def policy(texts: Texts, sought: RemotePolicy) -> tuple[Place, ...]:
    """The words that make a job remote, hybrid or on site."""
    where = (texts.description, texts.title, texts.location)
    found = first_of(place for text in where for place in _patterns(text, sought))
    return found or first_of(
        text.place(hit)
        for text in where
        for phrase in split(synonyms.REMOTE[sought])
        for hit in islice(text.hits(phrase, phrase), MOST_POLICIES)
        if _is_policy(text, hit, sought)
    )


def _patterns(text: Text, sought: RemotePolicy) -> Iterator[Place]:
    for start, piece in text.pieces:
        if not rules.mentions(piece):
            continue
        clear = rules.NOT_WORK.sub(_spaces, piece)
        if sought is not RemotePolicy.ON_SITE:
            clear = rules.NO_HOME.sub(_spaces, clear)
        for pattern in _PATTERNS[sought]:
            is_refusal = pattern is rules.NO_HOME
            for found in pattern.finditer(piece if is_refusal else clear):
                before = clear[max(0, found.start() - 24) : found.start()]
                refused = not is_refusal and rules.NEGATION.search(before)
                if found[0].strip() and not refused:
                    yield text.span(start + found.start(), start + found.end())


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _is_policy(text: Text, hit: Hit[str], sought: RemotePolicy) -> bool:
    """Whether words that may mean anything say here where the work is done."""
    words = text.words
    if _NOT_POLICY.intersection(words.after(hit.last, 1)):
        return False
    before = words.before(hit.first, 2)
    if _NEGATIONS.intersection(before) or _THINGS.intersection(before[-1:]):
        return False
    piece = _piece(text, words.starts[hit.first])
    if sought is RemotePolicy.REMOTE:
        return not rules.HYBRID.search(piece) and not rules.NO_HOME.search(piece)
    if sought is RemotePolicy.HYBRID:
        return "hybrid" in hit.value or not (
            rules.FULLY.search(piece) or rules.NO_HOME.search(piece)
        )
    return True


def _piece(text: Text, position: int) -> str:
    """The sentence, or the line, around a position."""
    folded = text.words.folded
    start = max(
        folded.rfind(mark, max(0, position - 300), position) for mark in ("\n", ". ")
    )
    ends = [
        end
        for mark in ("\n", ". ")
        if (end := folded.find(mark, position, position + 300)) >= 0
    ]
    return folded[max(start, position - 300, 0) : min(ends, default=position + 300)]
