"""Words of job titles by field of work, in English, Dutch and French.

`word*` is the beginning of a word: Dutch and French compounds and endings.
"""

from __future__ import annotations

from enrichment.llm.schema import RoleFamily as R

# An occupation in itself.
OCCUPATIONS: dict[R, str] = {
    R.SOFTWARE: """
developer; developers; software engineer; software developer; programmer; programmeur
full stack; fullstack; frontend; front end; backend; back end; web developer; webdeveloper
ontwikkelaar; softwareontwikkel*; developpeur; developpeuse; qa engineer; qa tester; tester
test engineer; software tester; test automation; software architect; mobile engineer
embedded software; game programmer; gameplay programmer; android engineer; ios engineer
java engineer; python engineer; .net engineer; .net; software architecture; quality assurance
technical architect; webontwikkel*; web development; webdevelopment; engineering manager
solution architect; architecte logiciel; ingenieur logiciel; scrum master; software
performance engineer; distributed systems; application developer; applicatieontwikkel*
crm developer; sap cloud; sap consultant; dynamics 365; principal engineer""",
    R.DATA: """
data engineer; data scientist; data analyst; data-analist; data analist; bi developer
business intelligence; machine learning engineer; data architect; analytics; data warehouse
data ops engineer; data science; ml engineer; ai engineer; database administrator; bi
data steward; data manager; statisticien; analyste de donnees; ingenieur data; big data
economic analysis; quantitative analyst; statistician""",
    R.IT_OPERATIONS: """
devops; site reliability; sre; system administrator; systems administrator; sysadmin
systeembeheerder; netwerkbeheerder; network engineer; cloud engineer; platform engineer
cloud architect; it support; helpdesk; service desk; servicedesk*; ict*; it manager
applicatiebeheerder; functioneel beheerder; administrateur systeme; administrateur reseau
technicien informatique; support engineer; infrastructure engineer; it specialist
computer service technician; it technician; head of it; desktop support; it operations
systems engineer; linux engineer; it project; computer operations; telecommunications""",
    R.SECURITY: """
security engineer; security analyst; soc analyst; cyber*; information security; pentester
penetration tester; security architect; ciso; informatiebeveilig*; securite informatique
cybersecurite; security consultant; application security; privacy engineer; it security""",
    R.PRODUCT: """
product manager; product owner; productmanager; chef de produit; product lead
business analyst; business-analist; project manager; projectmanager; projectleider
digital project manager; delivery manager; program manager; programme manager
chef de projet; procesanalist; functional analyst; functioneel analist""",
    R.DESIGN: """
designer; ux; ui; ux designer; ui designer; vormgever; graphic designer; grafisch*
visual designer; interaction design*; graphiste; experience designer; product designer
user experience; user researcher; ux researcher; webdesigner; interieurarchitect""",
    R.ENGINEERING: """
mechanical engineer; electrical engineer; civil engineer; process engineer; quality engineer
electronics engineer; hardware engineer; ingenieur; engineer; technicien; technieker
technician; monteur; elektricien; electricien; electromecanicien; elektromecanicien
elektromonteur; constructeur; tekenaar; dessinateur; maintenance technician; mecanicien
onderhoudstechn*; servicetechn*; werktuigbouw*; automation engineer; stationary engineer
electrician; mechanic; machinist; embedded; automaticien; lift mechanic; hvac; koeltechn*""",
    R.CONSTRUCTION: """
site manager; metselaar; bouwvakker; werfleider; uitvoerder; timmerman; loodgieter; stukadoor
schilder; dakwerker; carpenter; plumber; bricklayer; mason; macon; couvreur; plombier
peintre; menuisier; chef de chantier; conducteur de travaux; calculator; bouwkund*
construction manager; construction worker; roofer; painter; stratenmaker; grondwerker
werkvoorbereider; construction; bouwprojectleider; architecte; architect; surveyor; tegelzetter
building inspector; project engineer; landscape architect; steigerbouwer""",
    R.MANUFACTURING: """
productieoperator; operator; productiemedewerker; lasser; welder; soudeur; operateur
production worker; assembler; cnc*; frezer; draaier; machine operator; inpakker
procesoperator; operateur de production; ouvrier de production; production operator
production manager; productieleider; productieplanner; teamleider productie; verspaner
plaatbewerker; bediener; monteerder; ouvrier""",
    R.LOGISTICS: """
chauffeur; chauffeurs; driver; truck driver; warehouse; magazijn*; magasinier; cariste
orderpicker; order picker; logistiek*; logistics; logistique; heftruck*; forklift*; koerier
livreur; courier; planner; supply chain; expediteur; transportplanner; vrachtwagenchauffeur
dispatcher; reachtruck*; inkoper; buyer; procurement; acheteur; purchasing; stock
motor vehicle operator; postbode; facteur; buschauffeur; bezorger; import export; verhuizer""",
    R.SALES: """
account executive; account manager; accountmanager; sales; verkoper buitendienst; commercial
vertegenwoordiger; business developer; business development; sales manager; commerciale
vertriebs*; verkoopadviseur; delegue commercial; sales representative; inside sales
commercieel medewerker; technico-commercial; key account; salesmanager; vastgoedmakelaar
sales engineer; verkoopsmedewerker; presales; makelaar; agent immobilier""",
    R.MARKETING: """
marketing; marketeer; marketer; communicatie*; communication; communications; seo; content
social media; brand manager; online marketeer; marketingmanager; community manager; pr
charge de communication; growth; e-commerce manager; press officer; woordvoerder
performance marketing; digital marketing; evenementen*; public relations""",
    R.CUSTOMER_SERVICE: """
customer service; customer support; klantenservice; klantenadviseur; call center; callcenter
customer success; service client; conseiller clientele; klantcontact*; klantadviseur
helpdeskmedewerker; teleconseiller; customer care; contact center; call taker
customer experience; support agent; service a la clientele""",
    R.FINANCE: """
accountant; controller; boekhoud*; comptable; financial analyst; finance; auditor; payroll
dossierbeheerder; assistent-accountant; fiscalist; tax; treasury; credit controller; bankier
financieel*; financiele; gestionnaire de paie; controleur de gestion; analyste financier
bookkeeper; accounts payable; accounting; budget analyst; actuary; actuarieel; fiscaal*
audit; insurance; verzekering*; hypotheek*; loonadministrateur; investment; risk manager
budget; fiscal; pension analysis; accounts receivable; reimbursement; billing; claims""",
    R.LEGAL: """
legal counsel; lawyer; jurist; juriste; advocaat; avocat; attorney; paralegal; legal; notaris
bedrijfsjurist; compliance officer; juridisch*; juridique; legal assistant; counsel; dpo
privacy officer; notaire; griffier; contract manager; litigation; legal intern; solicitor""",
    R.HUMAN_RESOURCES: """
hr; human resources; recruiter; recruitment; personeels*; hr business partner; talent
hr-adviseur; ressources humaines; recruteur; charge de recrutement; hr manager; hr officer
people partner; p&o; hrm; talent acquisition; personnel; labor relations; hr-medewerker
recruitment consultant; learning and development; training specialist; hr administrative""",
    R.ADMINISTRATION: """
administratief*; administrative assistant; administratief medewerker; secretaris; secretary
secretaire; office manager; receptionist kantoor; assistant administratif; secretaresse
agent administratif; employe administratif; data entry; office assistant; personal assistant
management assistant; directiesecret*; clerical; administrative; administrator; clerk; aide
executive assistant; administratif; administrative aide; college aide; clerical associate
back office; backoffice*; balie*; onthaalmedewerker; typist; planningsmedewerker""",
    R.MANAGEMENT: """
general manager; managing director; directeur; director; ceo; coo; operations manager
algemeen directeur; bedrijfsleider; directeur general; chief operating officer; directrice
business unit manager; chief executive officer; plant manager; commissioner; chief of staff
deputy director; executive director; vestigingsmanager; assistant commissioner; bestuurder""",
    R.HEALTHCARE: """
nurse; verpleegkund*; wijkverpleegkundige; verpleger; infirmier; infirmiere; doctor; arts
medecin; physiotherapist; kinesist; kinesitherapeute; fysiotherapeut; apotheker; pharmacist
pharmacien; tandarts*; dentist; dentiste; zorgkundige; aide-soignant; aide-soignante
caregiver; verzorgende; helpende; doktersassistent*; medical; sage-femme; vroedvrouw
ergotherapeut; logopedist; radiolo*; paramedic; ambulanci*; care assistant; psycholoog
psychologist; psychologue; clinical; physician; veterinarian; dierenarts; health; optometrist
medisch*; medicolegal; audicien; opticien; public health nurse; epidemiologist; dietist""",
    R.SOCIAL_CARE: """
social worker; maatschappelijk werk*; sociaal werk*; kinderbegeleider; begeleider; opvoeder
assistant social; educateur; youth worker; jeugd*; childcare; pedagogisch medewerker
woonbegeleider; ambulant begeleider; case worker; caseworker; casemanager; kinderverzorg*
persoonlijk begeleider; gezinshuis*; puericultrice; puericulteur; animateur; social services
case manager; child protective; community coordinator; homeless services; counselor""",
    R.EDUCATION: """
teacher; leraar; lerares; docent; leerkracht; professeur; instituteur; institutrice
enseignant; enseignante; lecturer; trainer; onderwijs*; tutor; formateur; school; lector
teaching assistant; onderwijsassistent; instructor; rij-instructeur; opleider; educator
assistant professor; associate professor; professor; hoogleraar; principal teacher""",
    R.SCIENCE: """
researcher; postdoctoral; postdoc; phd; scientist; laborant; analist microbiologie
chercheur; onderzoeker; lab technician; laboratory; laboratoire; laboratorium*; chemist
biologist; biochemist; research assistant; doctorand*; promovendus; chimiste; research
doctoral; phd position; phd scholarship; phd student; physicist; microbiolog*; geologist
chemicus; research scientist; research fellow; bioinformatic*""",
    R.PUBLIC_SECTOR: """
gemeente; beleidsadviseur; beleidsmedewerker; vergunningverlener; ambtenaar; policy officer
policy advisor; programme officer; boa; griffie; fonctionnaire; informatiebeheer; wijkboa
policy analyst; urban planner; city planner; city planning; urbaniste; stedenbouw*
inspector; caseworker; dienstverlening; policy; government; program officer; city research
public affairs; handhaver; toezichthouder; intergovernmental; community liaison""",
    R.HOSPITALITY: """
chef de partie; sous-chef; kok; cook; chef; waiter; waitress; serveur; serveuse; ober
receptionist; night receptionist; hotel; horeca*; kelner; barman; bartender; commis
commis de cuisine; hulpkok; barista; housekeeping; cuisinier; keuken*; afwasser; plongeur
receptionniste; catering; sommelier; reisadviseur; zaalmedewerker; restaurant manager
pastry chef; host; hostess; room attendant; restaurant; reisleider; snackbar""",
    R.RETAIL: """
winkel*; verkoper; verkoopster; store manager; shop assistant; vendeur; vendeuse; kassa*
caissier; caissiere; sales assistant; filiaal*; retail; jobstudent winkel; cashier
shop manager; magasin; vakkenvuller; rayon*; store; slager; bakker; boucher; boulanger
sales associate; visual merchandiser; kapper; coiffeur; etalag*""",
    R.CLEANING_FACILITIES: """
schoonmaker; schoonmaak*; cleaner; cleaning; poets*; aide-menager; aide-menagere
aide menagere; nettoyage; huishoudhulp; huishoudelijk*; facility; facilitair*; conciergerie
titres-services; femme de menage; technicien de surface; concierge; janitor; custodian
glazenwasser; facilities; property manager; city park worker; climber; pruner; caretaker
agent d'entretien; pest control; huismeester; klusjesman; maintenance worker; dienstencheques""",
    R.SAFETY: """
security guard; beveilig*; bewakings*; agent de securite; agent de gardiennage; brandweer*
firefighter; preventieadviseur; hse; safety; veiligheidskund*; politie*; police; pompier
conseiller en prevention; security officer; correction officer; fire protection; lifeguard
safety officer; policier; gardien; portier; emergency; sheriff; special officer; probation""",
    R.CREATIVE_MEDIA: """
journalist; redacteur; editor; copywriter; photographer; fotograaf; videographer; journaliste
video editor; redacteur web; tekstschrijver; animator; musician; illustrator; monteur video
redactie*; acteur; regisseur; realisateur; producer; videograaf; cameraman; curator
graphics; media; museum; bibliothecaris; librarian; archivist; archivaris""",
    R.AGRICULTURE: """
grower; farm; farmer; farmworker; melkvee*; landbouw*; tuinbouw*; tuinder; agricole; veehoud*
agriculteur; gardener; tuinman; hovenier; jardinier; greenhouse; kas; teelt*; horticult*
agronom*; boomkwekerij; harvest; plukker; maraicher; ouvrier agricole; forester; boswachter
bosbouw*; dairy; dierverzorger; hoefsmid; gardener's; ruminants; tuinaanleg*""",
}
