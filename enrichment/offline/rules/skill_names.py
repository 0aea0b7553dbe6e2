"""Skills, knowledge, licences and certificates as postings name them.

What comes out are the posting's own words; this only says what counts as one.
"""

from __future__ import annotations

SKILLS = """
api; apis; software testing; testing; test cases; user testing; user acceptance testing; uat
load testing; exploratory testing; end-to-end testing; acceptance testing; test strategies
test plans; defect management; test coverage; refactoring; code quality; clean code
configuration management; logging; caching; messaging; containerization; containerisation
containers; orchestration; container orchestration; observability; scalability; serverless
event-driven architecture; event driven; event sourcing; cqrs; message queues; soa
service oriented architecture; service-oriented architecture; event-driven; asynchronous programming
reactive programming; parallel programming; multi-threading; system design; systems design
solution architecture; enterprise architecture; cloud architecture; cloud infrastructure
cloud migration; cloud native; cloud-native; hybrid cloud; saas; paas; iaas; on-premise
capacity management; disaster recovery; high availability; load balancing; performance tuning
performance optimization; linux administration; system administration; systems administration
network administration; network engineering; network architecture; routing and switching
dns; dhcp; !HTTP; !HTTPS; ssl; tls; ssh; voip; lan; wan; active listening; itsm
cybersecurity; cyber security; it security; network security; application security
cloud security; endpoint security; security architecture; security operations
security engineering; security controls; vulnerability management; vulnerability assessment
threat modeling; threat modelling; threat intelligence; digital forensics; owasp
identity and access management; access management; identity management; zero trust; nist
e-commerce; ecommerce; fintech; blockchain; smart contracts; web technologies
web applications; mobile apps; mobile applications; mobile technologies; mobile development
app development; game development; game design; frontend; front-end; backend; back-end
backend services; client-side; server-side; front-end development; back-end development
cross-browser; single page applications; progressive web apps; data persistence
open source; open-source; pull requests; code versioning; git flow; gitflow
sprint planning; retrospectives; backlog refinement; stand-ups; standups; user stories
extreme programming
product discovery; product development; product strategy; product lifecycle; roadmapping
data analytics; data engineering; data pipelines; data warehouse; data warehouses
data lakes; data governance; data quality; data integration; data migration; dwh; olap
data architecture; predictive modeling; predictive modelling; predictive analytics
statistical analysis; statistical modeling; statistical modelling; statistical methods
statistical programming; time series; optimization; operations research; simulation; simulations
reinforcement learning; neural networks; generative ai; large language models; llms; llm
speech recognition; recommender systems; information retrieval; knowledge graphs
web analytics; digital analytics; conversion rate optimization; design systems; design thinking
service design; visual design; product design; human-computer interaction; typography
motion design; video editing; photography; information architecture; user flows
agile; scrum; kanban; !SAFe; !Lean; six sigma; prince2; itil; pmp; waterfall; devops; devsecops
ci/cd; ci cd; cicd; continuous integration; continuous delivery; continuous deployment
microservices; microservice; distributed systems; cloud; cloud computing; web services
webservices; machine learning; deep learning; artificial intelligence; nlp
natural language processing; computer vision; data science; data analysis; data modelling
data modeling; data warehousing; data visualization; data mining; big data; etl; statistics
business intelligence; unit testing; unit tests; integration tests; test automation
automated testing; automated tests; manual testing; performance testing; regression testing
security testing; penetration testing; qa; tdd; bdd; test driven development; ddd
test-driven development; domain driven design; domain-driven design; design patterns; !SOLID
object oriented programming; object-oriented programming; oop; functional programming; ood
multithreading; concurrency; algorithms; data structures; software architecture; sdlc
software development; software engineering; web development; mobile development
frontend development; backend development; full stack; accessibility; wcag; responsive design
user experience; user interface; ux design; ui design; ux; ui; user research; prototyping
wireframing; usability; interaction design; graphic design; version control; api design
code review; code reviews; pair programming; infrastructure as code; iac; monitoring; orm
networking; tcp/ip; network protocols; vpn; firewalls; iam; pki; siem; soc; incident response
malware analysis; threat hunting; cryptography; encryption; information security; iso 27001
ot networks; gdpr; avg; privacy; data protection; automation; scripting; virtualization
databases; relational databases; embedded systems; embedded software; real-time systems
rtos; iot; robotics; signal processing; fpga; cad; bim; 3d modelling; finite element
computational fluid dynamics; cfd; fea; mechatronics; control systems; power electronics
electronics; pcb design; circuit design; thermodynamics; fluid mechanics; instrumentation
structural engineering; geotechnical engineering; chemical engineering; systems engineering
process engineering; industrial automation; computer engineering; renewable energy; wind energy
software architecture design; information technology; digital transformation; digitalization
digitalisation; process optimization; process optimisation; process mapping
value stream mapping; continuous improvement; lean manufacturing; kaizen; 5s; operations management
business cases; business process; business processes; strategic planning; strategy consulting
market research; market analysis; competitive analysis; corporate finance; investment banking
due diligence; financial markets; banking; valuation; credit risk; aml; kyc
transfer pricing; bank reconciliations; accounts payable; accounts receivable; general ledger
logistics; transportation; warehousing; import and export; customs clearance; customs declarations
category management
vendor management; supplier management; resource management; service delivery
service management; incident management; problem management; release management; facility management
product management; project management; programme management; program management
stakeholder management; change management; risk management; risk analysis; people management
team management; budget management; contract management; process improvement; procurement
supply chain; supply chain management; quality assurance; quality control; quality management
requirements analysis; business analysis; business development; negotiation; negotiating
account management; key account management; b2b sales; sales; cold calling; crm; marketing
digital marketing; content marketing; email marketing; performance marketing; seo; sea; sem
social media; copywriting; a/b testing; a/b test; public relations; event management
customer service; customer support; communication skills; presentation skills
writing skills; interpersonal skills; problem solving; problem-solving; analytical skills
analytical thinking; leadership; leadership skills; teamwork; team player; time management
attention to detail; organisational skills; organizational skills; multitasking; coaching
mentoring; drafting skills; public speaking; critical thinking; creativity; troubleshooting
accounting; bookkeeping; financial reporting; financial analysis; financial modeling; ifrs
financial modelling; us gaap; gaap; budgeting; forecasting; auditing; tax; vat; payroll
consolidation; internal audit; treasury; cost accounting; economics; econometrics; actuarial
corporate law; contract law; administrative law; employment law; intellectual property
legal research; litigation; compliance; ai act; public procurement; policy analysis
recruitment; talent acquisition; labor relations; employee relations; performance management
nursing; geriatrics; wound care; first aid; bls; cpr; dementia; patient care; mental health
case management; pharmacology; haccp; food safety; gmp; gcp; glp; iso 13485; iso 17025; mdr
iso 9001; iso 14001; capa; fmea; validation; root cause analysis; pcr; hplc; maldi-tof
cell culture; cell biology; molecular biology; biochemistry; biotechnology; immunology
genetics; genomics; proteomics; mass spectrometry; flow cytometry; elisa; western blotting
neuroscience; pharmaceutical industry; medical devices; clinical trials; clinical research
drug delivery; drug development; animal models; spectroscopy; microscopy; chromatography
mathematics; physics; biology; psychology; sustainability; sustainable development
environmental engineering; hse; occupational health and safety; quantum mechanics
bioinformatics; molecular dynamics; chemistry; microbiology
reserved procedures; electrical engineering; mechanical engineering; civil engineering
hydraulics; pneumatics; plc programming; welding; hvac; electrical installations; preventive maintenance
forklift; reach truck; order picking; inventory management; driving; crop protection
green belt; black belt; teaching; classroom management; curriculum development
data entry; typing; filing; scheduling; record keeping; research; grant writing; fundraising
driver's license; driver license; driving licence; driver's licence; car licence
driving licence c and e; motor vehicle driver license; commercial driver license
code 95; adr certificate; digital tachograph card; adr; nebosh; vca; vca-vol; vca vol; bhv
reach truck certificate; spraying licence; nursing diploma; big registration; vog
certificate of good conduct; teaching qualification; pgce; cipp/e; cissp; cism; cisa; ceh
oscp; gcih; gcfa; comptia security+; ccna; ccnp; rhce; lfcs; cpa; cfa; acca; aws certified
security clearance; sc clearance; nato secret clearance; professional engineer license
rijbewijs; rijbewijs b; rijbewijs be; rijbewijs c; rijbewijs ce; rijbewijs c1; rijbewijs d
rijbewijs t; trekkerrijbewijs; bestuurderskaart; vakbekwaamheid; alfapass; adr-attest
adr-certificaat; heftruckcertificaat; heftruckattest; reachtruckcertificaat; hoogwerkerattest
vca-attest; vca-diploma; vca-certificaat; big-registratie; visum; lesbevoegdheid
pedagogisch diploma; attest van levensreddend handelen; uittreksel uit het strafregister
bedrijfshulpverlening; ehbo; slagersdiploma; wft; code 95 certificaat; certificaat rhce
projectmanagement; projectmatig werken; verandermanagement; leidinggeven; coachen; plannen
communicatieve vaardigheden; analytisch vermogen; klantgerichtheid; teamspeler
samenwerken; zelfstandig werken; nauwkeurig; stressbestendig; klantgericht
boekhouden; boekhouding; accountancy; btw; vennootschapsbelasting; jaarrekening; fiscaliteit
arbeidsrecht; bestuursrecht; omgevingswet; omgevingsrecht; aanbestedingen; archiefwet; awb
wet verbetering poortwachter; aanbestedingsrecht; privacywetgeving; informatiemanagement
informatiebeheer; zaakgericht werken; procesverbetering; bpmn; archimate; togaf; gemma
common ground; functioneel beheer; netwerkbeheer; systeembeheer; ms office-kennis
wondzorg; palliatieve zorg; infusen; medicatie; dementie; ouderenzorg; thuiszorg
verpleegtechnische handelingen; voorbehouden handelingen; kinderverzorging
gevelmetselwerk; metselen; voegen; lassen; tig-lassen; mig/mag; elektriciteit; loodgieterij
plan lezen; technische tekeningen; elektrische installaties; mechanica; extrusie
spuitgieten; plc-kennis; onderhoud; storingen oplossen; heftruck; reachtruck; magazijnbeheer
koken; patisserie; hygiene; schoonmaken; verkoop; acquisitie; klantenservice
cyberveiligheid; cyberbeveiliging; informatiebeveiliging; data-analyse; softwareontwikkeling
webontwikkeling; testautomatisering; kunstmatige intelligentie; kwaliteitscontrole
kwaliteitszorg; risicobeheer; voorraadbeheer; werkvoorbereiding; duurzaamheid; facturatie
voedselveiligheid; loonadministratie; debiteurenbeheer; crediteurenbeheer; inkoop; logistiek
melken; insemineren; gewasbescherming; snoeien; microbiologie; biotechnologie
gebruikersonderzoek; mediationvaardigheden; bezwaar en beroep; sociale zekerheid
permis; permis b; permis be; permis c; permis ce; permis de conduire; permis g; fimo; fco
brevet de cariste; attestation adr; carte conducteur; visa d'aide-soignant; visa d'aide-soignante
caces; ba4; ba5; ba4/ba5; habilitation electrique; titre requis; casier judiciaire vierge
extrait de casier judiciaire; certificat medical; diplome d'infirmier; passeport ape
gestion de projet; gestion de projets; travail d'equipe; esprit d'equipe; autonomie; rigueur
sens de l'observation; sens du service; sens de l'organisation; discretion; ponctualite
communication; esprit d'analyse; polyvalence; precision; gestion du stress; flexibilite
cybersecurite; developpement logiciel; apprentissage automatique; controle qualite
controle de la qualite; assurance qualite; gestion des risques; gestion d'equipe; facturation
analyse de risques; developpement durable; securite alimentaire; amelioration continue
comptabilite; comptabilite fournisseurs; comptabilite clients; tva; fiscalite; cloture mensuelle
controle de gestion; analyse financiere; droit du travail; droit public; droit administratif
marches publics; droit des societes; recrutement; gestion des ressources humaines; paie
analyse de donnees; statistique; statistiques; intelligence artificielle; securite informatique
reseaux; bases de donnees; developpement web; tests unitaires; methodes agiles; gestion culturelle
redaction; journalisme; referencement; reseaux sociaux; marketing digital; vente; negociation
service a la clientele; relation client; soins infirmiers; soins d'hygiene; soins palliatifs
geriatrie; orthopedie; puericulture; premiers secours; encadrement differencie; pedagogie
electricite; electromecanique; hydraulique; pneumatique; automatisation; soudure; plomberie
maintenance preventive; maintenance industrielle; basse tension; lecture de plans; cuisine
manutention; logistique; gestion des stocks; nettoyage; repassage; haccp normes
e-procurement; registre national; ibode; conduite d'engins; gestes et postures
"""

# What stands before the name of a skill: `experience with ...`.
TRIGGERS = """
experience with; experience in; experience of; experience using; experienced in
experienced with; knowledge of; knowledge in; understanding of; familiarity with
familiar with; proficiency in; proficient in; proficient with; expertise in; skilled in
background in; exposure to; comfortable with; command of; competence in; hands-on experience with
passion for; certified in; working knowledge of; experience working with; insight into
proficiency with; knowledge about; skills in; interest in; competencies in; experience within
ervaring met; ervaring in; kennis van; kennis over; kennis in; bekend met; vertrouwd met
affiniteit met; inzicht in; thuis in; vaardig in; ervaring op het gebied van
interesse in; achtergrond in; gespecialiseerd in
experience en; experience dans; experience avec; experience du; experience de
connaissance de; connaissance du; connaissance des; connaissances en; connaissance en
connaissances de; connaissances des; maitrise de; maitrise du; maitrise des; pratique de
pratique du; notions de; notions en; competences en; competence en; interet pour
connaissance de la; connaissance de l; maitrise de la; maitrise de l; pratique de la
familiarise avec; expertise en; formation en
"""
