"""How people write to machines: patterns for folded text, and words that each can't do without.

An order is sought only where its words stand: of ordinary postings hardly a line is looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

FIELD = (
    r"(?:salar(?:y|is)|salaire|pay|loon|seniority|senioriteit|seniorite|titel|title|titre|"
    r"summary|samenvatting|remote[_ ]policy|location|locatie|skills?|vaardigheden|"
    r"competences|tools?|programming[_ ]languages|role[_ ]family|perks|education|"
    r"experience|contract[_ ]type|currency)"
)
MACHINE = (
    r"(?:ais?|llms?|large language models?|language models?|ai models?|ai assistants?|"
    r"ai systems?|ai tools?|ai agents?|"
    r"automated (?:systems?|tools?|readers?|parsers?)|chat ?bots?|bots?|parsers?|gpt\w*|"
    r"chatgpt|assistant|extractors?|taalmodel(?:len)?|ai-model(?:len)?|ai-systemen|"
    r"ai-assistent(?:en)?|ia|modeles? de langage|assistant ia|systemes? automatises?|"
    r"systemes? automatiques?)(?![ -](?:engineer|developer|specialist|expert|ontwikkelaar|"
    r"ingenieur|trainer|researcher|consultant|enthousiast|enthusiast|liefhebber|product))"
)
MACHINE_ONLY = MACHINE.replace("|assistant|", "|").replace("|bots?|parsers?|", "|")
# Where a sentence may begin; not within quotation marks, where orders are talked about.
START = (
    r"(?:(?:^|[\n.!?:;>\]})*•#|,–—-])\s*(?:(?:please|kindly|now|and|so|then|gelieve|nu|en|"
    r"dan|dus|veuillez|merci de|maintenant|et|puis|stop|important|urgent)[\s,:!]+){0,2}"
    r"|\b(?:you must|you should|you have to|je moet|u moet|gij zult|vous devez|tu dois|"
    rf"{MACHINE}(?: must| should|,)?)\s+)"
)
IGNORE = (
    r"(?:ignore|disregard|forget|override|bypass|discard|negeer|negeert|vergeet|ignorer|"
    r"ignorez|oublie|oublier|oubliez|ne (?:tiens|tenez) pas compte|fais abstraction|"
    r"faites abstraction|ne pas tenir compte|sla)"
)
GIVEN = (
    r"(?:previous|prior|above|earlier|preceding|system|foregoing|vorige|voorgaande|eerdere|"
    r"bovenstaande|hierboven|precedente?s?|ci-dessus|anterieure?s?|ce qui precede|systeme)"
)


@dataclass(frozen=True, kw_only=True)
class Order:
    """`start` comes before `told`, which begins with one of the `cues`.

    Somewhere in the text there is one of the `others` as well, where any are named.
    """

    told: str
    cues: frozenset[str]
    others: frozenset[str] = frozenset()
    start: str = ""

    @property
    def pattern(self) -> str:
        return self.start + self.told

    @cached_property
    def beginning(self) -> re.Pattern[str]:
        return re.compile(self.told)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The first word of each of its alternatives.
MACHINES = _words(
    """
ai ais llm llms large language automated chat chatbot chatbots bot bots parser parsers
chatgpt assistant extractor extractors taalmodel taalmodellen ia modele modeles systeme
systemes
"""
)
# All words with this beginning are machines too.
GPT = "gpt"
_FIELDS = _words(
    """
salary salaris salaire pay loon seniority senioriteit seniorite titel title titre summary
samenvatting remote location locatie skill skills vaardigheden competences tool tools
programming role perks education experience contract currency
"""
)
_IGNORE_CUES = _words(
    """
ignore disregard forget override bypass discard negeer negeert vergeet ignorer ignorez
oublie oublier oubliez ne fais faites sla
"""
)

ORDERS = (
    # Ignore ... instructions; ignore ... above ... rules.
    Order(
        start=START,
        told=rf"{IGNORE}\s(?:[\w'’-]+\s){{0,5}}?(?:l'|d')?(?:instructions?|instructies?|"
        r"prompts?|consignes?|aanwijzingen|opdrachten|system message|json schema|schema)\b",
        cues=_IGNORE_CUES,
        others=_words(
            "instruction instructions instructie instructies prompt prompts consigne consignes "
            "aanwijzingen opdrachten system schema"
        ),
    ),
    Order(
        start=START,
        told=rf"{IGNORE}\s(?:[\w'’-]+\s){{0,4}}?{GIVEN}"
        r"(?:\s(?:and|en|et|rules|regels|regles|text|tekst|texte|guidelines|context)\b"
        r"|\s?[.,:;!]|\s?$)",
        cues=_IGNORE_CUES,
        others=_words(
            "previous prior above earlier preceding system foregoing vorige voorgaande eerdere "
            "bovenstaande hierboven precedent precedente precedents precedentes dessus anterieur "
            "anterieure anterieurs anterieures precede systeme"
        ),
    ),
    Order(
        start=START,
        told=rf"{IGNORE}\s(?:everything|all|alles|tout)\s(?:[\w'’]+\s){{0,4}}?"
        r"(?:above|before|told|read|wat hiervoor|hierboven|hiervoor|precede|ci-dessus)\b",
        cues=_IGNORE_CUES,
        others=_words("everything all alles tout"),
    ),
    # Set the salary to 1,000,000.
    Order(
        start=START,
        told=r"(?:set|change|overwrite|zet|verander|wijzig|mets|mettez|fixe[zr]?|"
        rf"remplace[zr]?|definis(?:sez)?)\s(?:[\w'’]+\s){{0,2}}?(?:l')?[\"'`]?{FIELD}[\"'`]?\s"
        r"(?:[\w'’]+\s){0,2}?(?:to|on|as|op|naar|in|a|sur|par|=)\s?(?:[\w'’]+\s){0,2}?"
        r"(?:[\"'`{\[€$£]|\d|null|none|ceo|remote|director|directeur|executive|maxim\w+)",
        cues=_words(
            "set change overwrite zet verander wijzig mets mettez fixe fixez fixer remplace "
            "remplacez remplacer definis definissez"
        ),
        others=_FIELDS,
    ),
    # You reading this are a machine.
    Order(
        start=r"(?:^|[\n.!?(\[*#-])\s*",
        told=r"(?:note|message|instructions?|attention|notice|bericht|"
        r"boodschap|instructies?|opdracht|consignes?|nota|avis)\s"
        r"(?:(?:for|to|of|voor|aan|pour|a|aux?|de|l'attention|all|any|alle|the|les|des|tous|"
        rf"toute?s?)\s){{1,4}}(?:l'|d')?(?:\w+ )?{MACHINE}\b",
        cues=_words(
            "note message instruction instructions attention notice bericht boodschap "
            "instructie instructies opdracht consigne consignes nota avis"
        ),
        others=MACHINES,
    ),
    Order(
        start=r"\b",
        told=r"(?:if you(?: are|'re)|als (?:je|u|jij)|si (?:vous etes|tu es))\s(?:an?|een|une?)?\s?"
        rf"(?:\w+ )?{MACHINE_ONLY}\b",
        cues=_words("if als si"),
        others=MACHINES,
    ),
    Order(
        start=r"\b",
        told=r"(?:you are now|from now on,? you are|je bent (?:nu|voortaan)|u bent nu|vous etes "
        r"(?:maintenant|desormais)|tu es (?:maintenant|desormais)|pretend (?:to be|you are)|"
        r"act as|doe alsof je|agis(?:sez)? comme)\s"
        rf"(?:[\w'’-]+\s){{0,3}}?(?:{MACHINE_ONLY}|dan\b|unrestricted|jailbroken|without rules|"
        r"zonder regels|sans regles)\b",
        cues=_words("you from je u vous tu pretend act doe agis agissez"),
        others=MACHINES | _words("dan unrestricted jailbroken without zonder sans"),
    ),
    # What the answer should be.
    Order(
        start=r"\b(?:the )?",
        told=r"(?:correct|right|expected|only valid) (?:answer|output|json) "
        r"(?:for|to|is|of)\b",
        cues=_words("correct right expected only"),
        others=_words("answer output json"),
    ),
    Order(
        start=r"\b(?:het )?",
        told=r"(?:juiste|enige goede) antwoord (?:is|op|voor)\b",
        cues=_words("juiste enige"),
        others=_words("antwoord"),
    ),
    Order(
        start=r"\bla ",
        told=r"(?:bonne|seule bonne) reponse (?:est|pour|a)\b",
        cues=_words("bonne seule"),
        others=_words("reponse"),
    ),
    Order(
        start=START,
        told=r"(?:output|answer|respond|reply|return|print|antwoord|geef|repondez|reponds|"
        r"renvoie|renvoyez|retourne[zr]?)\s(?:[\w'’]+\s){0,3}?(?:with|met|par|avec|only|exactly|"
        r"alleen|uniquement|terug|the following)?\s?(?:[\w'’:]+\s){0,4}?"
        rf"(?:json\b|[\"'`{{]|{FIELD}\s?(?:=|:|is\b|\d))",
        cues=_words(
            "output answer respond reply return print antwoord geef repondez reponds renvoie "
            "renvoyez retourne retournez retourner"
        ),
    ),
    Order(
        start=START,
        told=r"(?:reveal|print|repeat|toon|herhaal|affiche[zr]?|repete[zr]?)\s"
        r"(?:[\w'’]+\s){0,3}?(?:system prompt|systeemprompt|prompt systeme|instructions?|"
        r"instructies)\b",
        cues=_words(
            "reveal print repeat toon herhaal affiche affichez afficher repete repetez repeter"
        ),
        others=_words(
            "system systeemprompt prompt instruction instructions instructies"
        ),
    ),
)
# What only looks like the frame that the text is given to a model in, or like its answer.
_FRAMES = (
    r"</?\s*(?:posting|system|instructions?|assistant)\s*>|<\|?(?:im_start|im_end|system)\|?>|"
    r"\[/?(?:inst|system)\]|(?:^|\n)\s*#{2,}\s*(?:system|new|neue?)?\s?instructions?\b",
    r"[\"'](?:title|salary|seniority|role_family|remote_policy|must_have_skills|"
    r"programming_languages|contract_type|employment_types)[\"']\s?:",
)
# All that these may begin with.
FRAME = re.compile(
    r"[<\[](?:/?\s*(?:posting|system|inst|assistant)|\|?(?:im_|system))|##\s*\w{0,6}\s?instr|"
    rf"{_FRAMES[1]}"
)
FRAME_SIGNS = ("<", "[", "##", '"', "'")
ORDER = re.compile("|".join((*(order.pattern for order in ORDERS), *_FRAMES)))
# `System: ` may be a label; with one of these after it, it is a part that is played.
PARTS = MACHINES | _words("system systeem systeme assistant developer user")
PART = re.compile(
    rf"(?:^|\n)[^\w\n]*(?:system|systeem|systeme|assistant|developer|user|{MACHINE})"
    r"(?:[ -](?:prompt|message|override|instructions?))?\s?(?:\]|\*\*)?\s?:"
)
PLAYED = re.compile(
    rf"\b(?:ignore|override|new instructions?|nieuwe instructies?|nouvelles? (?:instructions?|"
    r"consignes?)|you (?:are|must)|je (?:bent|moet)|vous (?:etes|devez)|set|zet|mets|mettez|"
    r"negeer|output|answer|antwoord|reponse|json)\b"
    rf"|{FIELD}\s?(?:=|:|is\b|must|moet|doit)"
)
