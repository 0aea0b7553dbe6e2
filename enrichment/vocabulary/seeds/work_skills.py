"""Skills of work with people, money, goods, machines and living things."""

from __future__ import annotations

WORK_SKILLS = """
Product management: productmanagement; gestion de produit; productbeheer
Project management: projectmanagement; gestion de projet; gestion de projets; projectbeheer; projectleiding; project management skills; management de projet
Programme management: program management; programmamanagement
Stakeholder management: stakeholdermanagement; gestion des parties prenantes; stakeholder engagement
Change management: verandermanagement; gestion du changement; conduite du changement
Risk management: risicobeheer; gestion des risques; risicomanagement; risk assessment
Release management
Incident management
Problem management
Service management: itsm; it service management
Service delivery
Vendor management: supplier management; leveranciersmanagement; gestion des fournisseurs; leveranciersbeheer
Contract management: contractbeheer; contractmanagement; gestion de contrats; gestion des contrats
Business analysis: businessanalyse; bedrijfsanalyse; business-analyse; analyse d'affaires
Requirements analysis: requirements engineering; requirements gathering; functionele analyse; analyse fonctionnelle; analyse des besoins; requirements management
Business process management: bpm; procesbeheer; business processes; business process; procesmanagement; bpmn; bedrijfsprocessen
Process improvement: procesverbetering; process optimization; process optimisation; procesoptimalisatie; amélioration des processus; continuous improvement; continu verbeteren; amélioration continue; optimisation des processus
Digital transformation: digitale transformatie; transformation digitale; transformation numérique
TOGAF
ArchiMate
User stories: user story; backlog refinement; backlog management
Leadership: leiderschap; leidinggeven; leadership skills; people management; team leadership; encadrement; management d'équipe; gestion d'équipe; team management; leidinggevende capaciteiten; team leading; management; capacités de leadership; leidinggevende vaardigheden
Coaching: coachen; mentoring; mentorat; accompagnement
Communication: communication skills; communicatieve vaardigheden; communicatie; excellent communication skills; strong communication skills; compétences en communication; communicatievaardigheden; communicatief vaardig; communicatief; good communication skills; verbal and written communication; written and verbal communication; written communication; verbal communication; communicatief sterk; aptitudes à la communication; compétences de communication; interpersonal skills; effective communication; oral and written communication; communicative skills; communicatief ingesteld
Presentation skills: presenting; presenteren; presentatievaardigheden; public speaking; presentations
Teamwork: samenwerken; team player; teamspeler; travail d'équipe; esprit d'équipe; collaboration; teamgeest; samenwerking; travail en équipe; collaboration skills; teamwerk; teamplayer; collaborative; samenwerkingsgericht; teamgericht
Problem solving: problem-solving; probleemoplossend vermogen; résolution de problèmes; problem solving skills; oplossingsgericht; problem-solving skills; probleemoplossend; probleemoplossend denken; oplossingsgericht denken; troubleshooting; oplossingsgerichtheid
Analytical skills: analytical thinking; analytisch vermogen; analytisch denken; esprit d'analyse; capacités d'analyse; analytisch; analytical mindset; analytische vaardigheden; analytisch denkvermogen; analytical; strong analytical skills; capacité d'analyse; esprit analytique
Critical thinking: kritisch denken; esprit critique; pensée critique
Creativity: creativiteit; créativité; creatief; creative thinking; créatif
Time management: timemanagement; gestion du temps; prioritization; prioritising; prioriteiten stellen; gestion des priorités
Organisational skills: organizational skills; organisatorische vaardigheden; sens de l'organisation; organisatievermogen; organisatietalent; planning and organising; plannen en organiseren; organisation; gestructureerd werken; organizational; capacité d'organisation; gestructureerd
Attention to detail: oog voor detail; nauwkeurigheid; rigueur; nauwkeurig; souci du détail; accuracy; précision; detail-oriented; zorgvuldigheid; sens du détail; accuraat; nauwkeurig werken; zin voor detail; rigoureux; detail oriented
Independence: zelfstandigheid; zelfstandig werken; autonomie; work independently; zelfstandig; autonome; working independently; self-starter; autonomous; ability to work independently
Flexibility: flexibiliteit; flexibilité; adaptability; aanpassingsvermogen; adaptabilité; polyvalence; flexibel; capacité d'adaptation; flexibele instelling
Stress resistance: stressbestendigheid; stressbestendig; gestion du stress; résistance au stress; working under pressure; résistant au stress
Multitasking
Customer focus: klantgerichtheid; orientation client; klantgericht; customer orientation; sens du service; servicegericht; klantvriendelijkheid; klantvriendelijk; dienstverlenend; customer-oriented; sens du client; orienté client; customer-focused
Negotiation: onderhandelen; négociation; negotiating; negotiation skills; onderhandelingsvaardigheden; techniques de négociation
Decision making: decision-making; besluitvaardigheid; prise de décision; besluitvorming
Initiative: initiatief nemen; proactiviteit; proactivité; proactive; proactief; esprit d'initiative; proactivity; prise d'initiative; initiatiefrijk
Empathy: empathie; empathisch vermogen; empathisch
Planning: plannen; planification; scheduling
Writing: writing skills; schrijfvaardigheid; rédaction; schriftelijke vaardigheden; redactie
Research: onderzoek; recherche; research skills
Teaching: lesgeven; onderwijzen; enseignement; didactiek
Digital skills: computer skills; digitale vaardigheden; computervaardigheden; bureautique; outils informatiques; computer literacy; informatique; pc-kennis; it skills; compétences informatiques; compétences numériques; digitaal vaardig
Sales: verkoop; vente; sales skills; verkopen; verkoopvaardigheden; selling; techniques de vente; ventes
B2B sales: b2b; b2b verkoop; vente b2b
Account management: accountmanagement; key account management; gestion de comptes; relatiebeheer; accountbeheer
Business development: bedrijfsontwikkeling; développement commercial; business developement
Cold calling: koude acquisitie; prospection; acquisitie; prospectie; lead generation; prospecting; leadgeneratie; prospection commerciale
CRM: customer relationship management; crm systems; crm-systemen; crm software; crm-systeem
ERP: erp systems; erp-systemen; erp-systeem; erp software; erp system
Marketing
Digital marketing: online marketing; marketing digital; digitale marketing; online-marketing
Content marketing: contentmarketing; marketing de contenu; content creation; contentcreatie; création de contenu
Email marketing: e-mailmarketing; e-mail marketing; emailing; e-mailing
SEO: search engine optimization; search engine optimisation; zoekmachineoptimalisatie; référencement; référencement naturel
SEA: sem; search engine advertising; paid search; ppc; search engine marketing
Social media: sociale media; réseaux sociaux; social media marketing; médias sociaux; social media management
Copywriting: tekstschrijven
Marketing automation
Market research: marktonderzoek; étude de marché; études de marché; market analysis
Public relations: pr; relations publiques
E-commerce: ecommerce; e-business
Event management: evenementenorganisatie; organisation d'événements; event planning; evenementen organiseren
Photography: fotografie; photographie
Video editing: videobewerking; montage vidéo; videomontage
Customer service: klantenservice; klantendienst; service client; service clientèle; customer support; customer care; service à la clientèle; klantenondersteuning; relation client; klantcontact
Complaint handling: klachtenbehandeling; gestion des plaintes
Accounting: boekhouden; comptabilité; boekhouding; bookkeeping; accountancy; boekhoudkundige kennis; comptabilité générale; accounting principles
Financial reporting: financiële rapportering; financiële rapportage; reporting financier; rapports financiers
Financial analysis: financiële analyse; analyse financière
Financial modelling: financial modeling; modélisation financière; financiële modellering
Budgeting: budgettering; budgétisation; budget management; budgetbeheer; gestion budgétaire; budgetteren; gestion de budget
Forecasting: prévisions; demand forecasting; forecasts
IFRS
US GAAP: gaap
Auditing: audit; internal audit; interne audit; audit interne; external audit
Taxation: tax; fiscaliteit; fiscalité; belastingrecht; fiscaal recht; tax law; droit fiscal; fiscaliteiten; corporate tax; vennootschapsbelasting
VAT: btw; tva; btw-aangiften; déclarations tva
Payroll: salarisadministratie; loonadministratie; gestion de la paie; paie; payroll administration; loonverwerking; payroll processing
Invoicing: facturatie; facturation; billing; factureren
Accounts payable: crediteurenbeheer; crediteurenadministratie; comptabilité fournisseurs; leveranciersboekhouding
Accounts receivable: debiteurenbeheer; debiteurenadministratie; comptabilité clients; credit management; klantenboekhouding
Cost accounting: kostprijsberekening; comptabilité analytique; cost control; kostenbeheersing; calculatie
Month-end closing: cloture mensuelle; maandafsluiting; month-end close; maandafsluitingen
Treasury: trésorerie; treasury management; cash management
Compliance: conformité; regulatory compliance; naleving
KYC: know your customer
AML: anti-money laundering; anti money laundering; antiwitwas
GDPR: avg; rgpd; algemene verordening gegevensbescherming; general data protection regulation; privacywetgeving; data protection; privacy; protection des données; gegevensbescherming
Procurement: inkoop; aankoop; achats; purchasing; strategic sourcing; sourcing; inkopen
Public procurement: aanbestedingen; marchés publics; overheidsopdrachten; aanbestedingsrecht
Supply chain management: supply chain; ketenbeheer; gestion de la chaîne logistique; gestion de la chaîne d'approvisionnement
Logistics: logistiek; logistique
Inventory management: voorraadbeheer; gestion des stocks; stock management; stockbeheer; gestion de stock; inventory control; gestion de stocks
Warehouse management: magazijnbeheer; gestion d'entrepôt; warehousing; wms
Order picking: orderpicking; préparation de commandes; orderpicken
Import and export: import/export; import-export; import en export; customs clearance; douane; douanewetgeving; dédouanement
Production planning: productieplanning; planification de la production
Recruitment: werving en selectie; recrutement; talent acquisition; werving; recruiting; selectie
Performance management
Employee relations: labor relations; labour relations; arbeidsrelaties; relations sociales
Human resources management: hrm; human resource management; personeelsbeheer; gestion des ressources humaines; human resources; hr; ressources humaines; personeelsbeleid
Employment law: labour law; labor law; arbeidsrecht; droit du travail; droit social; sociaal recht; sociale wetgeving
Contract law: contractenrecht; verbintenissenrecht; droit des contrats
Corporate law: ondernemingsrecht; droit des sociétés; vennootschapsrecht
Administrative law: bestuursrecht; droit administratif; awb
Intellectual property: intellectuele eigendom; propriété intellectuelle; ip law
Litigation: procesvoering; contentieux
Policy analysis: beleidsanalyse; beleidsontwikkeling; policy development
Administration: administratie; administratief werk; administratieve taken; tâches administratives; administrative skills; administratieve ondersteuning; administrative support
Data entry: gegevensinvoer; data-invoer; encodage; saisie de données; encodage de données
Nursing: verpleegkunde; soins infirmiers; verpleging
Patient care: patiëntenzorg; soins aux patients
Elderly care: ouderenzorg; soins aux personnes âgées; geriatrie; gériatrie; geriatrics
Home care: thuiszorg; soins à domicile; thuisverpleging
Wound care: wondzorg; soins de plaies; wondverzorging
First aid: ehbo; premiers secours; eerste hulp; premiers soins; bhv; bedrijfshulpverlening
CPR: reanimatie; réanimation; bls; basic life support
Dementia care: dementie; démence; dementia
Palliative care: palliatieve zorg; soins palliatifs
Mental health: geestelijke gezondheidszorg; ggz; santé mentale
Childcare: kinderverzorging; kinderopvang; puériculture; child care
Clinical trials: clinical research; klinisch onderzoek; recherche clinique; essais cliniques; klinische studies
GMP: good manufacturing practice; good manufacturing practices; bonnes pratiques de fabrication; cgmp
GCP (clinical): good clinical practice; ich-gcp; ich gcp
GLP: good laboratory practice
HACCP: haccp normes; haccp-normen; normes haccp
Food safety: voedselveiligheid; sécurité alimentaire
ISO 9001: iso9001
ISO 14001: iso14001
ISO 13485: iso13485
ISO 17025: iso/iec 17025
Quality management: kwaliteitsmanagement; gestion de la qualité; quality management systems; quality management system; qms
Quality control: kwaliteitscontrole; contrôle qualité; contrôle de la qualité; qc
Root cause analysis: rca; analyse des causes
FMEA
Health and safety: hse; health & safety; occupational health and safety; veiligheid; ehs; sécurité au travail; arbeidsveiligheid; veiligheid en gezondheid; veiligheid op het werk; workplace safety; safety
Sustainability: duurzaamheid; développement durable; sustainable development; esg; durabilité
Renewable energy: hernieuwbare energie; énergies renouvelables; duurzame energie; solar energy; zonne-energie
Mechanical engineering: werktuigbouwkunde; génie mécanique; mechanica; mécanique; mechanics
Electrical engineering: elektrotechniek; génie électrique; électrotechnique; elektriciteit; électricité; electricity
Civil engineering: civiele techniek; génie civil
Chemical engineering: chemische technologie; génie chimique
Electromechanics: elektromechanica; électromécanique; electromechanical
Mechatronics: mechatronica; mécatronique
Electronics: elektronica; électronique
Hydraulics: hydraulica; hydraulique; hydrauliek
Pneumatics: pneumatica; pneumatique; pneumatiek
PLC programming: plc-programmering; programmation plc; plc programmeren; plc programmatie; plc-programmatie
Industrial automation: industriële automatisering; automatisation industrielle; automatisme; industriële automatisatie
Preventive maintenance: preventief onderhoud; maintenance préventive
Maintenance: onderhoud; entretien; onderhoudswerken; maintenance industrielle
Reading technical drawings: technische tekeningen lezen; lecture de plans; plan lezen; technical drawings; technische tekeningen; plans lezen; blueprint reading; plannen lezen; tekeningen lezen; lecture de plans techniques; technisch tekening lezen
3D modelling: 3d modeling; 3d-modellering; modélisation 3d
CAD: computer-aided design; cao; computer aided design; cad software; cad-software
BIM: building information modelling; building information modeling
Finite element analysis: fea; finite element; éléments finis; eindige elementen
Computational fluid dynamics: cfd
PCB design: printed circuit board design
FPGA
Signal processing: signaalverwerking; traitement du signal; dsp
Control systems: control engineering; regeltechniek; control theory
Welding: lassen; soudure; soudage; tig-lassen; mig/mag-lassen
HVAC: koeltechniek; klimaattechniek; cvc; verwarming en koeling
Plumbing: loodgieterij; plomberie; sanitair
Carpentry: timmeren; menuiserie; schrijnwerkerij; houtbewerking; timmerwerk
Bricklaying: metselen; maçonnerie; metselwerk
Painting: schilderen; peinture; schilderwerk; schilderwerken
Forklift driving: heftruck; forklift; heftruckcertificaat; brevet de cariste; heftruckattest; chariot élévateur; forklift license; conduite de chariot élévateur; forklift certificate; forklift licence; certificat cariste; heftruckbrevet; heftruck rijden; heftruckrijbewijs
Reach truck driving: reachtruck; reach truck; reachtruckcertificaat; reach truck certificate; reachtruckattest; chariot rétractable
Driving licence B: rijbewijs b; permis b; driving licence; driver's license; driver's licence; permis de conduire b; rijbewijs; permis de conduire; driving license; driver license; car licence; driving license b; valid driver's license; drivers license; driver's license b; categorie b rijbewijs
Driving licence C: rijbewijs c; permis c; driving licence c; c-rijbewijs; permis de conduire c
Driving licence CE: rijbewijs ce; permis ce; driving licence ce; driving licence c+e; driving licence c and e; ce-rijbewijs; rijbewijs c+e; permis c+e; rijbewijs c/e; permis de conduire ce
Driving licence BE: rijbewijs be; permis be; be-rijbewijs
Driving licence D: rijbewijs d; permis d
Code 95: vakbekwaamheid; code 95 certificaat; fimo; fco
ADR: adr certificate; adr-certificaat; adr-attest; attestation adr; adr certificaat
VCA: vca-attest; vca-certificaat; vca-diploma; vca certificaat; vca vol; vca-vol; vca basis; vca attest; b-vca; vca diploma
Security clearance: veiligheidsmachtiging; habilitation de sécurité; sc clearance
Cooking: koken; cuisine; culinary skills
Cleaning: schoonmaken; nettoyage; schoonmaak; poetsen; schoonmaakwerk
Hospitality: horeca; gastvrijheid; horeca ervaring
Cash handling: kassa; kassawerk; encaissement; point of sale; kassabediening
Gardening: tuinieren; tuinonderhoud; jardinage; groenonderhoud; snoeien
Certificate of good conduct: vog; uittreksel uit het strafregister; extrait de casier judiciaire; casier judiciaire vierge; blanco strafblad; bewijs van goed gedrag en zeden; verklaring omtrent het gedrag
BIG registration: big-registratie; big registratie
Alfapass
Digital tachograph card: bestuurderskaart; carte conducteur; tachograph card
BA4/BA5: ba4; ba5; ba4 ba5; habilitation électrique
Life-saving certificate: attest van levensreddend handelen
CIPP/E: cipp
CISSP
CISM
CISA
CCNA: cisco ccna
CCNP
AWS certification: aws certified; aws certificering
ISTQB: istqb certification; istqb certificering
CPA: certified public accountant
CFA: chartered financial analyst
ACCA
Molecular biology: moleculaire biologie; biologie moléculaire
Cell culture: celkweek; culture cellulaire; cell cultures
PCR: qpcr
HPLC
Mass spectrometry: massaspectrometrie; spectrométrie de masse
Chromatography: chromatografie; chromatographie
Microbiology: microbiologie
Biology: biologie
Biochemistry: biochemie; biochimie
Biotechnology: biotechnologie
Bioinformatics: bio-informatica; bioinformatique; bioinformatica
Chemistry: chemie; scheikunde; chimie
Physics: natuurkunde; fysica; physique
Mathematics: wiskunde; mathématiques; math; maths
Economics: economie; économie
Psychology: psychologie
English: engels; anglais
Dutch: nederlands; néerlandais; nederlandse taal
French: frans; français; franse taal
German: duits; allemand; deutsch
"""
