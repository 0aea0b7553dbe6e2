"""Words around amounts of money: what makes one the pay, and what makes it anything else.

All patterns are for folded text: lower case, no accents.
"""

from __future__ import annotations

import re

from enrichment.llm.schema import Period

PAY = re.compile(
    r"(?<!\w)(?:salar(?:y|ies)|pay|pays|wages?|remuneration|compensation|earnings|earn|"
    r"rate|base(?= of)|ote|stipend(?! for)|internship allowance|"
    r"(?:maand|jaar|start|basis|bruto|netto|uur|dag)?(?:loon|salaris|tarief|verdienste)|"
    r"salarisschaal|salarisniveau|verloning|verdien|verdient|wedde|bezoldiging|inschaling|"
    r"schaal|stagevergoeding|salaire|paie|gagnez|tjm|taux (?:horaire|journalier)|"
    r"tarif journalier|traitement|baremique|indemnite de stage|gratification)(?!\w)"
)
GROSS = re.compile(r"(?<!\w)(?:bruto|brut|bruts|gross)(?!\w)|brutoloon|brutosalaris")

OTHER = re.compile(
    r"bonus|premie|(?<!\w)primes?(?!\w)|toeslag|allowance|vergoeding|indemnit|budget|"
    r"turnover|omzet|chiffre d'affaires|revenue|funding|funded|(?<!\w)grants?(?!\w)|"
    r"voucher|cheque|repas|(?<!\w)meals?(?!\w)|pension|bijdrage|contribution|(?<!\w)huur|"
    r"(?<!\w)rent(?!\w)|housing|(?<!\w)(?:room|kamer|flat|studio)(?!\w)|ticket|training|"
    r"opleiding|formation|equipment|home office|(?<!\w)deals?(?!\w)|(?<!\w)fees?(?!\w)|"
    r"(?<!\w)loans?(?!\w)|lening|on.call|piket|referral|parrainage|overtime|discount|"
    r"korting|reduction|insurance|verzekering|assurance|assets|portfolio|invest|worth|"
    r"(?<!\w)valued?(?!\w)|waarde|valeur|projects? (?:over|of)|limit|(?<!\w)costs?(?!\w)|"
    r"kosten|(?<!\w)frais(?!\w)|deducted|deposit|waarborg|(?<!\w)prizes?(?!\w)|learning|"
    r"relocation|wellness|savings|penalt|charge|purchase|expenditure|series [a-z]|"
    r"eindejaars|vakantiegeld|differential|background check|stipend for|donat|subsid"
)
# What follows an amount at once.
OTHER_AFTER = re.compile(
    r"\s?(?:million|miljoen|mln|mio|billion|miljard|milliards?|millions?|bn|[mb](?!\w)|%|"
    r"procent|pct|ans(?!\w)|jaar(?!\w)|years?(?!\w)|uur(?!\w)|uren|hours?(?!\w)|heures?(?!\w)|"
    r"dagen|days|jours|weken|weeks|people|employees|medewerkers|fte)"
    r"|\W{0,3}(?:\w+ ){0,3}?(?:bonus|allowance|premium|premie|prime|toeslag|vergoeding|"
    r"budget|huur|rent(?!\w)|(?:per |par |le |/)?(?:km|kilom\w+)|vouchers?|turnover|omzet|"
    r"revenue|korting|saturday|sunday|on top|bovenop|background|differential|"
    r"voor (?:opleiding\w*|een|je|uw)|for (?:training|your|equipment|education|books|travel|"
    r"commuting|each|every)|pour (?:la formation|votre|les)|"
    r"(?:per|par) (?:person|persoon|personne|night|nacht|nuit|ticket))(?!\w)"
)
# An amount ends with its clause: what comes after these is another matter.
CLAUSE_END = re.compile(r"[,;(|]| \+ |\. | (?:en|and|et|plus|mit|avec|with|met) ")

_PER = r"(?:per|par|an|a|each|the|le|la|de l'|l'|/|p\.?)\s?"
AFTER = {
    Period.HOUR: re.compile(
        rf"(?<!\w){_PER}(?:hour|hr|uur|heure|h|u)(?!\w)|(?<!\w)hourly(?!\w)"
    ),
    Period.DAY: re.compile(
        rf"(?<!\w){_PER}(?:day|dag|jour|journee)(?!\w)|(?<!\w)daily(?!\w)"
    ),
    Period.WEEK: re.compile(
        rf"(?<!\w){_PER}(?:week|semaine)(?!\w)|(?<!\w)weekly(?!\w)"
    ),
    Period.MONTH: re.compile(
        rf"(?<!\w){_PER}(?:month|maand|mois)(?!\w)|(?<!\w)(?:monthly|maandelijks|mensuels?)(?!\w)"
    ),
    Period.YEAR: re.compile(
        rf"(?<!\w){_PER}(?:year|annum|jaar|an|annee)(?!\w)|(?<!\w)p\.\s?a(?!\w)"
        r"|(?<!\w)(?:yearly|annually|annual|jaarlijks|annuels?)(?!\w)"
    ),
}
BEFORE = {
    Period.HOUR: re.compile(r"hourly|uurloon|uurtarief|horaire|per hour|per uur"),
    Period.DAY: re.compile(r"daily|day rate|dagtarief|dagloon|tjm|journalier"),
    Period.WEEK: re.compile(r"weekly|weekloon"),
    Period.MONTH: re.compile(r"monthly|maandsalaris|maandloon|mensuel"),
    Period.YEAR: re.compile(r"annual|yearly|jaarsalaris|jaarloon|annuel"),
}
# Nobody pays less or more: such an amount is a misprint, a trap, or not the pay.
PLAUSIBLE: dict[Period | None, tuple[float, float]] = {
    Period.HOUR: (3, 500),
    Period.DAY: (20, 4_000),
    Period.WEEK: (50, 15_000),
    Period.MONTH: (150, 90_000),
    Period.YEAR: (3_000, 1_500_000),
    None: (7, 1_500_000),
}
