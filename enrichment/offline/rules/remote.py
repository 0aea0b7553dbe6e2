"""Where is the work done: in place, partly from home, or from anywhere?"""

from __future__ import annotations

import re

from enrichment.llm.schema import RemotePolicy
from enrichment.offline.rules.reading import Reading
from enrichment.offline.rules.sections import Section
from enrichment.offline.rules.words import fold

# All patterns are for folded text. Counted: `two days a week`, `3 jours`.
_NUMBER = (
    r"(?:\d(?:\s?(?:-|–|to|tot|a|of|or|ou)\s?\d)?|one|two|three|four|a|een|twee|drie|vier|un|"
    r"deux|trois|quatre|some|several|enkele|paar)"
)
_DAYS = rf"{_NUMBER}\s(?:full\s)?(?:days?|dag|dagen|jours?)"
_HOME = (
    r"(?:(?:work(?:ing)? )?(?:from|at) home|wfh|home ?office|home ?working|homework(?:ing)|"
    r"tele ?work(?:ing)?|remote(?:ly)?|thuis ?werk(?:en)?|thuis|tele-?travail|a domicile|"
    r"a la maison|a distance|op afstand)"
)
FULLY = re.compile(
    r"(?<!\w)(?:fully|completely|entirely|100\s?%|full|permanently|purely|exclusively)[ -]"
    r"(?:remote(?:ly)?|distributed)(?!\w)"
    r"|(?<!\w)remote[ -](?:first|only|position|role|job|vacancy|company|contract|set ?up)"
    r"|(?<!\w)(?:work|working|job|position|role) (?:100\s?% )?(?:is )?"
    r"(?:fully |100\s?% )remote(?:ly)?"
    r"|work from anywhere|anywhere in (?:the world|europe|the eu)"
    r"|(?:onsite|on-site|office|in-house) or (?:fully )?remote(?:ly)?(?!\w)"
    r"|(?:remote(?:ly)?) or (?:onsite|on-site|in the office|at (?:our|the) office)"
    r"|(?:/|\|) ?remote ?(?:\||$)|(?:location options|workplace|location)\s?: ?remote(?!\w)"
    r"|(?<!\w)work from home or from (?:our|the|an?)(?!\w)"
    r"|remote anywhere"
    r"|volledig (?:remote|thuis|op afstand|vanuit huis)|100\s?% (?:thuis|op afstand)"
    r"|vanuit huis of vanaf kantoor"
    r"|(?:entierement|totalement|100\s?%) (?:en |a )?(?:distance|tele-?travail|remote)"
    r"|tele-?travail (?:complet|total|integral|a (?:100\s?%|temps plein))|full remote"
)
HYBRID = re.compile(
    r"(?<!\w)hybride?(?!\w)(?=\s?(?:work|working|model|role|position|job|setup|schedule|"
    r"werk|werken|functie|vorm|travail|mode|formule|[:,;|).]|$|\())"
    rf"|{_DAYS}[^.;]{{0,30}}?(?<!\w){_HOME}(?!\w)"
    rf"|(?<!\w){_HOME}(?!\w)[^.;]{{0,24}}?{_DAYS}"
    rf"|(?<!\w){_HOME}(?!\w)[^.;]{{0,12}}?(?:up to|tot|jusqu'a) \d{{1,2}}\s?%"
    rf"|(?:up to|tot|jusqu'a|about|ongeveer) \d{{1,2}}\s?%[^.;]{{0,20}}?(?<!\w){_HOME}(?!\w)"
    r"|(?<!\w)(?:some|partly|partially|deels|gedeeltelijk|partiellement|occasional(?:ly)?|"
    r"regular(?:ly)?|possibility (?:of|to)|option to|opportunity to|ability to|able to|"
    r"possible to|can|may|mag|kan|kunt|kun je|mogelijkheid (?:om|tot)|possibilite de) "
    rf"(?:\w+ ){{0,2}}?{_HOME}(?!\w)"
    rf"|(?<!\w){_HOME}(?!\w) (?:\w+ ){{0,2}}?(?:possible|possibilit\w+|option|options|allowed|"
    r"mogelijk|mogelijkheid|opportunit\w+|policy|days?|structurel|partiel|scheme|is fine|"
    r"is ok|welcome|on \w+days?)"
    r"|(?:mix|combination|split|combinatie|melange) (?:\w+ ){0,3}?(?:office|home|kantoor|bureau)"
    rf"|kantoor en (?:\w+ )?{_HOME}|thuis en op kantoor|stadhuis \w+ en thuis|rest from home"
    r"|rest waar je wil\w*|verder op afstand|(?<!\w)(?:homeworking|telework|teletravail|"
    r"thuiswerk(?:en)?|telewerk(?:en)?)(?!\w|vergoeding)"
    r"|days (?:a week |per week )?(?:in|at) (?:the|our) office|dagen (?:per week )?op kantoor"
    r"|jours? (?:par semaine )?(?:au|sur) (?:bureau|site)"
    r"|(?:waarvan|of which|dont) \w+ (?:dagen |days |jours )?(?:op kantoor|(?:in|at) the office|"
    r"au bureau)"
)
IN_PLACE = re.compile(
    r"(?<!\w)(?:100\s?% |fully |exclusively |only |primarily |strictly )(?:on[- ]?site|in[- ]office)"
    r"|(?<!\w)on[- ]?site (?:work|role|position|job|only|presence|of course)"
    r"|(?:position|role|job|work|team|week|available|full-time|hours)[^.;]{0,50}?[ ,]"
    r"(?:is |are )?on[- ]?site (?:in|at|of|only)(?!\w)"
    r"|(?:week|shifts?|hours|colleagues|working pattern)[^.;]{0,60}?, on[- ]?site(?!\w)"
    r"|^\W*on[- ]?site\W*$|workplace\s?: ?on[- ]?site|no (?:remote|home ?office|telework)"
    r"|not (?:a )?remote(?:ly)? (?:position|role|job)|(?:werk|functie|job|aanwezig)[^.;]{0,40}?"
    r"(?:op locatie|ter plaatse|op kantoor)(?!\w)|volledig (?:op locatie|op kantoor)"
    r"|(?:entierement|exclusivement|uniquement|100\s?%|travail|poste|presence|s'exerce) "
    r"(?:\w+ )?sur (?:site|place)|en presentiel"
)
NO_HOME = re.compile(
    rf"(?<!\w){_HOME}(?!\w)[^.;]{{0,30}}?(?:isn't|is not|not|niet|n'est pas|pas|geen|im)"
    r"(?:mogelijk| ?possible)"
    rf"|(?<!\w){_HOME}(?!\w)[^.;]{{0,24}}?(?:isn't|is not|niet|n'est pas|pas) "
    r"(?:an option|possible|mogelijk|allowed|toegestaan|autorise|envisageable)"
    r"|(?:kan|can't|cannot|can not|ne peut)[^.;]{0,24}?(?:niet|be done|pas|se faire)?[^.;]{0,12}?"
    r"(?:vanuit huis|van thuis uit|from home|a distance|en teletravail)"
    rf"|(?:geen|no|pas de|aucun) (?:{_HOME})(?!\w)"
)
NEGATION = re.compile(r"(?:not|n't|niet|geen|no|pas|never|isn't|aren't) (?:\w+ )?$")
# Home offices that are paid for, and meetings, clouds and hands that are remote.
NOT_WORK = re.compile(
    r"(?:for|your|je|uw|votre|voor) (?:your |je |a |een )?home ?office"
    r"|home ?office (?:allowance|budget|equipment|furniture|stipend|set ?up)"
    r"|thuiswerk(?:vergoeding|plek|budget)|remote (?:teams?|user|cloud|sites?|monitoring|"
    r"medical|consultation|support|control|sensing|onboarding|hands|access|environments?)"
    r"|remoted|interview\w*[^.]{0,40}remote(?:ly)?|onboarding[^.]{0,20}remote"
    r"|remotely due|remote due|sit remotely|activities are remote|budget for (?:your )?home"
    r"|working from home allowance|ways? home|at home (?:in|with) |voel\w* je thuis|feel at home"
    r"|(?:camionnette|voiture|vehicule|camion|moteur|velo|utilitaire)s? hybrides?"
    r"|feels at home|thuis(?:zorg|verpleeg)|thuis in|home (?:improvement|care|health|visits?)"
)


def remote_policy(reading: Reading) -> RemotePolicy | None:
    by_place = _of_location(fold(reading.location.source))
    found: set[RemotePolicy] = set()
    for folded in _texts(reading):
        if not mentions(folded):
            continue
        policy = _policy(folded)
        if policy is not None:
            found.add(policy)
    if by_place is RemotePolicy.REMOTE and RemotePolicy.ON_SITE not in found:
        return RemotePolicy.REMOTE
    for policy in (RemotePolicy.REMOTE, RemotePolicy.HYBRID, RemotePolicy.ON_SITE):
        if policy in found:
            return policy
    return by_place


def _of_location(folded: str) -> RemotePolicy | None:
    if re.search(r"(?<!\w)hybride?(?!\w)|teletravail|thuiswerk", folded):
        return RemotePolicy.HYBRID
    if re.search(r"(?<!\w)remote(?!\w)|a distance|op afstand", folded):
        return RemotePolicy.REMOTE
    return None


def _texts(reading: Reading) -> list[str]:
    return [
        reading.title.folded,
        *(
            each.words.folded
            for each in reading.sentences
            if each.section is not Section.ABOUT
        ),
    ]


def mentions(folded: str) -> bool:
    return any(
        word in folded
        for word in (
            "remote", "home", "hybrid", "site", "office", "thuis", "huis", "travail",
            "distance", "afstand", "tele", "place", "plaats", "anywhere", "wfh", "maison",
            "kantoor", "locatie", "presentiel", "rest waar",
        )
    )  # fmt: skip


def _policy(folded: str) -> RemotePolicy | None:
    if NO_HOME.search(folded):
        return RemotePolicy.ON_SITE
    folded = NOT_WORK.sub(" ", folded)
    fully = FULLY.search(folded)
    if fully and not NEGATION.search(
        folded[max(0, fully.start() - 24) : fully.start()]
    ):
        return RemotePolicy.REMOTE
    if HYBRID.search(folded):
        return RemotePolicy.HYBRID
    return RemotePolicy.ON_SITE if IN_PLACE.search(folded) else None
