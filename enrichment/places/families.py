"""Words that say the same as noun, verb or adjective: `management`, `managing projects`."""

from __future__ import annotations

from functools import cache

# One family a line.
_FAMILIES = """
manage managing managed manages management
beheer beheren beheert beheersen beheerder
gestion gerer gerez geres gerant
communicate communicating communicates communication communicative communicator
communicatie communicatief communicatieve communiceren communiceert communiceer
communiquer communiquez communicant communicante communication communicants
vaardig vaardige vaardigheid vaardigheden
plan plans planning planned plannen planner
planifier planification planifiez
organise organises organising organize organizing organisational organizational organised organizational
organiseren organiseert organisatorisch organisatorische organisatietalent organisatievermogen
organiser organisez organisation organisationnel organisationnelles organisationnelle organise organisee
analyse analyze analyses analyzing analysing analysis analytical analytic
analyseren analyseert analytisch analytische
analyser analysez analyse analytique analytiques
think thinks thinking
denken denkt denkvermogen
analytically analytical
lead leads leading leadership
leiding leiden leidt leiderschap leidinggeven leidinggevende leidinggevend
coordinate coordinating coordinates coordination
coordineren coordineert coordinatie
coordonner coordonnez
negotiate negotiating negotiation negotiations negotiates
onderhandelen onderhandelt onderhandeling onderhandelingen
negocier negociez negociation negociations
develop develops developing development
ontwikkelen ontwikkelt ontwikkeling ontwikkel
developper developpez developpement
design designs designing designed
ontwerp ontwerpen ontwerpt
concevoir concevez conception
test tests testing tested
testen test teste
maintain maintains maintaining maintenance
onderhoud onderhouden onderhoudt
entretenir entretien entretenez
write writes writing written
schrijf schrijven schrijft schriftelijk schriftelijke
rediger redigez redaction
present presents presenting presentation presentations
presenteren presenteert presentatie presentaties
presenter presentez presentation
solve solves solving solution
oplossen oplost oplossend oplossende oplossing oplossingen
resoudre resolution resolvez
report reports reporting
rapporteren rapporteert rapportage rapportages rapportering
sell sells selling
verkopen verkoopt verkoop
vendre vente ventes vendez
buy buying purchase purchasing
inkopen inkoop inkoopt
achat achats acheter
rijden rijdt
conduire conduite
clean cleans cleaning
schoonmaken schoonmaak schoonmaakt
nettoyer nettoyage nettoyez
collaborate collaborating collaboration collaborative
samenwerken samenwerking samenwerkt
collaborer collaboration
teach teaching teaches
lesgeven lesgeef
enseigner enseignement enseignez
weld welding welds welded
lassen last
souder soudage soudure soudez
translate translating translation translations
vertalen vertaalt vertaling vertalingen
traduire traduction traductions
install installs installing installation installations
installeren installeert installatie installaties
installer installez installation installations
create creates creating creation
creer creez creation cree
creeren creeert creatie
organise organises organising organisation organize organizing organization
entretenir entretenez entretien
reparer reparez reparation reparations
repair repairs repairing
herstellen herstelt herstelling herstellingen
werven werft werving
recruit recruiting recruitment
recruter recrutez recrutement
train trains training
former formez formation
begeleiden begeleidt begeleiding
accompagner accompagnez accompagnement
calculate calculating calculation calculations
berekenen berekening berekeningen
calculer calcul calculs
administer administering administration administrative
administratie administratief administratieve
supervise supervising supervision
monitor monitoring monitors
cook cooks cooking
koken kookt kook
cuisiner cuisine
listen listens listening
luisteren luistert luistervaardigheid
ecoute ecouter
precise precision
precis precise precision
nauwkeurig nauwkeurige nauwkeurigheid
autonome autonomie autonomes
zelfstandig zelfstandige zelfstandigheid
rigoureux rigoureuse rigueur
independent independently independence
accurate accurately accuracy
prioritise prioritising prioritize prioritizing prioritisation prioritization
prioriteren prioriteiten
deploy deploys deploying deployment deployments
integrate integrating integration integrations
automate automating automated automation
automatiseren automatisering
implement implementing implementation implementations
implementeren implementatie
optimise optimising optimize optimizing optimisation optimization
programmeren programmeert
advise advising advice
adviseren adviseert advies
conseil conseiller conseillez
motivate motivating motivation motivated
"""


@cache
def _known() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for index, line in enumerate(_FAMILIES.strip().splitlines()):
        for word in line.split():
            found[word] = (*found.get(word, ()), f"={index:03}")
    return found


def families(word: str) -> tuple[str, ...]:
    return _known().get(word, ())


def is_action(word: str) -> bool:
    """Whether it has a family: phrases with it are put in several orders."""
    return word in _known()
