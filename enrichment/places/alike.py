"""Skills and perks that have one meaning in several words or languages. One a line.

Tighter than the perks of the offline extractor, which puts a laptop and a phone together:
here each phrase of a line must say that the others are true.
"""

from __future__ import annotations

SKILLS = """
driving licence; driving license; driver's license; driver's licence; drivers license; rijbewijs; permis de conduire; full driving licence; car driving licence
driving licence B; driver's license B; category B driving licence; category B licence; licence B; rijbewijs B; rijbewijs categorie B; permis B; permis de conduire B; permis de conduire categorie B; permis categorie B
driving licence C; category C licence; rijbewijs C; permis C; permis de conduire C; vrachtwagenrijbewijs
driving licence CE; rijbewijs CE; rijbewijs C+E; rijbewijs C-E; permis CE; permis C+E
forklift licence; forklift certificate; heftruckattest; heftruckcertificaat; heftruckbrevet; brevet cariste; cariste; heftruckdiploma; forklift truck licence; reachtruckcertificaat
team player; teamspeler; teamplayer; esprit d'equipe; team spirit; works in a team; work in a team; teamwork; working in a team; in teamverband werken; in teamverband; travail en equipe; travailler en equipe; travaillez en equipe; teamgericht; samenwerken in een team; equipier; teamwerk
communication skills; communicatief vaardig; communicatieve vaardigheden; communicatief sterk; capacite de communication; capacites de communication; aisance relationnelle; communicatievaardigheden; strong communicator; good communicator; communicate clearly; communicates clearly; bon communicant; great communicator; aptitudes communicatives
customer focus; customer-oriented; customer orientation; klantgericht; klantgerichtheid; klantvriendelijk; klantvriendelijkheid; orientation client; sens du client; sens du service; oriente client; customer-focused; customer-friendly
stress resistance; stress-resistant; stressbestendig; stressbestendigheid; resistance au stress; gestion du stress; resistant au stress
problem solving; problem-solving; solve problems; probleemoplossend; probleemoplossend vermogen; resolution de problemes; resoudre des problemes; problem solver; oplossingsgericht
independence; independently; work independently; zelfstandig; zelfstandig werken; zelfstandigheid; autonome; autonomie; work autonomously; autonomous; travailler de maniere autonome
flexibility; flexible; flexibel; flexibiliteit; flexibilite; flexibele instelling
accuracy; accurate; nauwkeurig; nauwkeurigheid; precis; precision; accuraat; eye for detail; attention to detail; oog voor detail; souci du detail; meticuleux; sens du detail; detail-oriented
organisational skills; organisational talent; organisatietalent; organisatorisch sterk; organisatorisch talent; sens de l'organisation; well-organised; well organized; well organised; organisatievermogen; organisatorische vaardigheden; organise; organisee; organizational skills
leadership; leadership skills; leiderschap; leidinggevende capaciteiten; leidinggeven; leiding geven; esprit de leadership; leidinggevende ervaring
analytical skills; analytical mind; analytisch vermogen; analytisch ingesteld; analytisch denkvermogen; analytisch denken; esprit d'analyse; capacite d'analyse; esprit analytique; analytical thinking
people management; managing people; manage people; leidinggeven aan medewerkers; gestion d'equipe; team management; manage a team; managing a team; teammanagement; een team aansturen; gerer une equipe
project management; manage projects; managing projects; projectbeheer; projectmanagement; gestion de projets; gestion de projet; projectleiding; gerer des projets
quality control; kwaliteitscontrole; controle qualite; controle de la qualite; quality checks
maintenance; onderhoud; entretien; onderhoudswerken
bookkeeping; boekhouding; boekhouden; comptabilite; boekhoudkunde
accounting; boekhouding; comptabilite; accountancy
payroll; loonadministratie; payroll administration; gestion de la paie; loonverwerking; salarisadministratie
nursing; verpleegkunde; soins infirmiers; verpleging; verpleegkundige
welding; lassen; soudage; soudure
cleaning; schoonmaak; schoonmaken; poetsen; nettoyage
VCA; VCA certificate; VCA-attest; VCA-certificaat; VCA-diploma; SCC; VCA certificaat; attestation VCA; certificat VCA
first aid; EHBO; premiers secours; eerste hulp; secourisme; BHV
HACCP; HACCP-normen; normes HACCP; HACCP rules
MS Office; Microsoft Office; Office-pakket; suite Office; pack Office; Office 365
sense of responsibility; responsible; responsibility; verantwoordelijkheidszin; verantwoordelijkheidsgevoel; sens des responsabilites; responsabilite
initiative; takes initiative; initiatief; initiatiefnemend; initiatiefrijk; esprit d'initiative; sens de l'initiative; proactive; proactief; proactif
willingness to learn; eager to learn; leergierig; leergierigheid; envie d'apprendre; willing to learn; keen to learn
punctuality; punctual; on time; a l'heure; stipt; stiptheid; ponctuel; ponctualite; op tijd komen; ponctuelle
motivation; motivated; gemotiveerd; motive; motivee; gedreven
agile; agile working; agile methodologies; agile methodology; methodes agiles; agile methods; agile werken
machine learning; apprentissage automatique
artificial intelligence; AI; artificiele intelligentie; kunstmatige intelligentie; intelligence artificielle
human resources; HR; personeelszaken; ressources humaines
quality assurance; QA; kwaliteitsborging; assurance qualite
user experience; UX; gebruikerservaring; UX design
continuous integration; CI/CD; integration continue
search engine optimisation; search engine optimization; SEO; zoekmachineoptimalisatie; referencement naturel
object-oriented programming; OOP; object oriented programming; objectgeorienteerd programmeren; programmation orientee objet
infrastructure as code; IaC
natural language processing; NLP
computer-aided design; CAD
"""
PERKS = """
company car; company vehicle; bedrijfswagen; bedrijfsauto; firmawagen; voiture de societe; voiture de fonction; auto van de zaak; lease car; leaseauto; leasewagen; vehicule de societe; salariswagen; vehicule de fonction
fuel card; tankkaart; carte essence; carte carburant
charging card; laadkaart; carte de recharge
mobility budget; mobiliteitsbudget; budget mobilite
bicycle lease; bike lease; bike leasing; bicycle leasing; fietslease; fietsleaseplan; leasefiets; fietsleasing; leasing velo; velo de societe; velo en leasing; company bike; fiets van de zaak; bike plan
bicycle allowance; bike allowance; cycling allowance; fietsvergoeding; indemnite velo; fietspremie
meal vouchers; meal voucher; lunch vouchers; maaltijdcheques; maaltijdcheque; cheques-repas; cheque-repas; tickets restaurant; ticket restaurant; titres-restaurant; titre-restaurant; cheques repas; cheque repas; luncheon vouchers
eco vouchers; ecocheques; eco-cheques; ecocheque; eco-cheque; cheques eco
hospitalisation insurance; hospitalization insurance; hospitalisatieverzekering; assurance hospitalisation; hospital insurance; assurance hospi; hospitalisatie
group insurance; groepsverzekering; assurance groupe; assurance-groupe
hospitalisation insurance; group and hospitalisation insurance; groeps- en hospitalisatieverzekering; assurance groupe et hospitalisation; assurances groupe et hospitalisation
group insurance; group and hospitalisation insurance; groeps- en hospitalisatieverzekering; assurance groupe et hospitalisation; assurances groupe et hospitalisation
health insurance; private healthcare; private health care; private health insurance; private medical insurance; medical insurance; medical cover; zorgverzekering; ziektekostenverzekering; mutuelle; mutuelle d'entreprise; complementaire sante; healthcare plan; health plan; assurance sante; collectieve zorgverzekering
dental insurance; dental; dental cover; tandzorgverzekering; tandartsverzekering; assurance dentaire; dental plan
life insurance; life assurance; levensverzekering; assurance vie
pension; pension scheme; pension plan; company pension; pensioen; pensioenregeling; pensioenopbouw; aanvullend pensioen; pension complementaire; 401k; 401(k); retirement plan; pensioenplan; plan de pension; workplace pension; retraite complementaire; retirement savings; regime de retraite
13th month; thirteenth month; 13th-month salary; dertiende maand; 13e maand; treizieme mois; 13eme mois; 13e mois; 13de maand; 13th month pay; end-of-year bonus; end-of-year premium; year-end bonus; eindejaarspremie; eindejaarsuitkering; prime de fin d'annee
holiday pay; holiday allowance; vakantiegeld; pecule de vacances; vakantietoeslag; vakantie-uitkering
days off; days of leave; days of holiday; holidays; holiday; vacation; vacation days; paid vacation; annual leave; days leave; days annual leave; paid holidays; holiday days; paid time off; pto; vakantiedagen; verlofdagen; verlof; vakantie; dagen verlof; vrije dagen; vakantieverlof; jours de conge; jours de conges; conges; conges payes; jours de vacances; semaines de vacances; semaines de conges; rustdagen; congés; days' holiday; holiday entitlement; leave days
ADV days; ADV-dagen; ADV; arbeidsduurverkorting; RTT; jours RTT; jours de RTT; reduction du temps de travail; ATV; ATV-dagen; jours de recuperation; recup days; inhaalrustdagen; adv dagen
bonus; bonus scheme; annual bonus; performance bonus; prime; primes; bonusregeling; premie; jaarlijkse bonus; prime annuelle; prestatiebonus; bonusplan; prime de performance; bonusses; bonuses
profit sharing; profit share; winstdeling; participation aux benefices; interessement; winstuitkering; winstpremie
commission; uncapped commission; commissie; commissions; commissieloon
stock options; share options; equity; aandelenopties; options sur actions; employee shares; rsus; rsu; aandelen
training; training budget; training opportunities; trainings; opleiding; opleidingen; opleidingsbudget; opleidingsmogelijkheden; bijscholing; formation; formations; formation continue; learning budget; budget formation; plan de formation; courses; cursussen; learning and development; professional development; persoonlijk opleidingsbudget; personal development; budget de formation; vorming; formations continues; training courses; education budget
flexible hours; flexible working hours; flexible work hours; flexitime; flextime; flexi-time; flexible schedule; glijdende uren; glijdende werkuren; flexibele uren; flexibele werkuren; flexibele werktijden; horaires flexibles; horaire flexible; horaire flottant; horaires flottants; flexible working; flexible working arrangements; glijdend uurrooster; flexibel uurrooster; flexibele werkuren; uren flexibel
working from home; work from home; home working; homeworking; telework; teleworking; remote work; remote working; thuiswerk; thuiswerken; telewerk; telewerken; teletravail; hybrid work; hybrid working; hybride werken; home office; hybrid work policy; thuiswerkdagen; thuiswerkdag; thuiswerkmogelijkheden; days from home; days at home
home office allowance; home office budget; thuiswerkvergoeding; indemnite de teletravail; indemnite teletravail; telework allowance; working from home allowance; thuiswerkbudget
laptop; company laptop; ordinateur portable; pc portable; macbook; notebook
phone; company phone; mobile phone; smartphone; gsm; telefoon; telephone; telefoon van de zaak; mobile; gsm-abonnement; abonnement gsm; phone subscription; telefoonabonnement; mobiele telefoon
expense allowance; net allowance; net expense allowance; onkostenvergoeding; nettovergoeding; netto onkostenvergoeding; frais forfaitaires; indemnites forfaitaires; forfait frais; netto-onkostenvergoeding; frais propres; note de frais
travel allowance; travel costs; travel expenses; travel reimbursement; commuting allowance; reiskostenvergoeding; reiskosten; verplaatsingsvergoeding; woon-werkvergoeding; frais de deplacement; remboursement des frais de transport; indemnite de deplacement; frais de transport; kilometervergoeding; indemnite kilometrique; commuting costs; woon-werkverkeer; verplaatsingskosten
public transport; free public transport; openbaar vervoer; transports en commun; transport en commun; public transport pass; ov-kaart; rail pass; treinabonnement; abonnement de train; public transport allowance; abonnement transports en commun; public transport ticket
shift allowance; shift premium; shift pay; ploegenpremie; ploegenpremies; ploegentoeslag; prime d'equipe; primes d'equipe; prime de poste; irregular hours allowance; onregelmatigheidstoeslag
night premium; night allowance; nachtpremie; nachttoeslag; prime de nuit; primes de nuit
gym; gym membership; fitness; fitnessabonnement; sportabonnement; abonnement sport; abonnement de sport; on-site gym; abonnement fitness; gym discount; free gym; sportschool; salle de sport; corporate gym
childcare; child care; childcare vouchers; kinderopvang; creche; nursery; garde d'enfants
parental leave; paid parental leave; ouderschapsverlof; conge parental; betaald ouderschapsverlof
relocation; relocation support; relocation package; relocation allowance; relocation assistance; verhuisvergoeding; aide au demenagement; verhuiskostenvergoeding; relocatiepakket
visa sponsorship; visa support; visumsponsoring; sponsorship of visa
employee discount; staff discount; personeelskorting; remise personnel; discount; discounts; korting; kortingen; reductions; remises; employee discounts; korting op
parking; free parking; gratis parking; gratis parkeren; parking gratuit; place de parking; parkeerplaats; parking space
work clothes; werkkledij; werkkleding; vetements de travail; workwear; tenue de travail
free lunch; free lunches; lunch provided; gratis lunch; dejeuner offert; repas offert; repas gratuit; free meals; free meal; lunch offert; lunch is on us
free fruit; fresh fruit; vers fruit; gratis fruit; fruits frais; fruit
free coffee; coffee; gratis koffie; cafe gratuit; koffie
team events; team building; teambuilding; teambuildings; team buildings; teamuitjes; personeelsuitjes; evenements d'equipe; company events; social events; team outings; team activities; teamactiviteiten; personeelsfeesten; afterworks; bedrijfsfeesten
sabbatical; sabbatical leave; sabbatsverlof; conge sabbatique
sick pay; paid sick leave; sick leave; doorbetaling bij ziekte; ziekteverlof; gewaarborgd loon
cafeteria plan; plan cafetaria; cafetariaplan; plan cafeteria; flex income plan; flexibel verloningsplan; flex reward plan; flexibel beloningsplan
choice budget; individueel keuzebudget; keuzebudget; ikb
employee assistance programme; employee assistance program; eap
referral bonus; prime de parrainage; aanbrengpremie; referral scheme; referral fee
signing bonus; sign-on bonus; tekenpremie; prime d'embauche; welcome bonus; welkomstpremie
career opportunities; growth opportunities; doorgroeimogelijkheden; opportunites de carriere; perspectives d'evolution; career growth; opportunities for growth; possibilites d'evolution; career development; evolutiemogelijkheden; groeimogelijkheden; career progression
mentoring; mentor; mentorship; mentorat; begeleiding; buddy; coaching; peter of meter; parrain
"""
