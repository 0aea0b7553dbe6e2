"""In French."""

from __future__ import annotations

from tests.enrichment.grounding.planted import Planted

FRENCH = (
    Planted(
        title="Développeur full stack",
        company="Nuage Clair",
        location="Lille",
        description="""Nuage Clair a permis à 300 communes de sortir du papier. Nos clients sont \
français et belges.

Votre mission : concevoir des API en Go et en Python, faire évoluer une interface en Angular, et \
migrer nos bases MySQL vers PostgreSQL. Tout est versionné avec git.

Profil recherché
- Bac+5 ou école d'ingénieurs
- Au moins trois ans d'expérience en développement web
- Rigoureuse, autonome, vous aimez le travail en équipe
- Anglais courant, le néerlandais est un atout

Nous offrons : CDI, 40.000 à 50.000 € par an, télétravail deux jours par semaine, tickets \
restaurant, mutuelle et 10 jours de RTT.""",
        true="""
programming_languages: Go; Python
tools: Angular; MySQL; PostgreSQL; Git
must_have_skills: rigueur; autonomie; travail en équipe; développement web; esprit d'équipe; conception d'API
education: master
experience: 3-
spoken_languages: en; nl
salary: 40000-50000 EUR year; 40000-50000 EUR ?
contract_type: permanent
remote_policy: hybrid
perks: meal vouchers; health insurance; RTT; 10 jours de RTT
country: France""",
        false="""
programming_languages: JavaScript; PHP; C; R
tools: React; Docker; AngularDart; Redis
must_have_skills: permis B; permis de conduire; gestion de projet; Scrum
experience: 5-; 3-5; 10-
spoken_languages: de; es; fr
salary: 40000-50000 EUR month; 4000-5000 EUR month; 40000-60000 EUR year; 40-50 EUR hour
contract_type: fixed_term; freelance
remote_policy: remote
perks: 12 jours de RTT; voiture de société; treizième mois
country: Belgique""",
    ),
    Planted(
        title="Chauffagiste (H/F)",
        company="Thermo-Sud SPRL",
        location="Namur",
        description="""Vous installez et entretenez des chaudières chez les particuliers. La société \
existe depuis 25 ans et compte 18 ouvriers.

Votre profil : CESS technique ou expérience équivalente ; permis B indispensable ; habilitation \
G1 ; ponctuel et précis. Deux années d'expérience comme monteur. Connaissance du néerlandais : un plus.

Ce que nous offrons : entre 17,50 € et 21 € brut de l'heure, chèques-repas de 8 €, assurance \
hospitalisation, vêtements de travail, une camionnette hybride. Contrat à durée indéterminée, 38 h \
par semaine.""",
        true="""
must_have_skills: permis B; driving licence B; habilitation G1; ponctualité; précision; entretien de chaudières; installation de chaudières
education: secondary
experience: 2-
spoken_languages: nl
salary: 17.5-21 EUR hour; 17.5- EUR hour; 17.5-21 EUR ?
contract_type: permanent
perks: meal vouchers; hospitalisation insurance; work clothes; chèques-repas de 8 euros
city: Namen
country: Belgium""",
        false="""
remote_policy: hybrid; remote; on_site
experience: 25-; 5-; 2-4
salary: 8-8 EUR hour; 1750-2100 EUR month; 17.5-21 EUR day; 17.5-31 EUR hour; 17.5-21 CHF hour
spoken_languages: fr; en
must_have_skills: permis C; plomberie; électricité; gestion d'équipe
perks: voiture de société; chèques-repas de 7 euros; bonus
education: bachelor
contract_type: temporary_agency""",
    ),
    Planted(
        title="Infirmière de nuit",
        company="Clinique des Tilleuls",
        location="Liège",
        description="""Notre clinique privée compte 120 lits. Nous recrutons sans distinction \
d'origine, de sexe, d'âge, de religion ou de handicap.

Tâches : soins de nuit, administration des médicaments, transmission écrite à l'équipe de jour. \
Bachelier en soins infirmiers ; la maîtrise du logiciel HiX est appréciée. Vous gérez le stress et \
communiquez avec les familles.

CDD de remplacement de 6 mois, mi-temps ou 4/5. Salaire : 3 450 € bruts mensuels à temps plein, plus \
prime de nuit. Crèche sur place, parking gratuit, 26 jours de congé.""",
        true="""
must_have_skills: soins de nuit; gestion du stress; communication avec les familles; administration de médicaments; soins infirmiers
tools: HiX
education: bachelor
salary: 3450-3450 EUR month; 3450- EUR month; 3450-3450 EUR ?
contract_type: fixed_term
perks: childcare; crèche; night premium; parking; 26 jours de congé
city: Luik""",
        false="""
must_have_skills: handicap; religion; chirurgie; permis B; sexe
experience: 6-; 1-; 4-5
education: master; doctorate
salary: 3450-3450 EUR year; 345-345 EUR day; 3450-3450 CHF month; 3450-4450 EUR month; 34.5-34.5 EUR hour
contract_type: permanent; internship
remote_policy: on_site; hybrid
spoken_languages: fr; nl; de
perks: 30 jours de congé; gsm; voiture""",
    ),
    Planted(
        title="Responsable des ventes",
        company="Fromages Delcourt",
        location="Lyon",
        description="""Delcourt affine des fromages depuis 1923 ; chiffre d'affaires : 4,5 M€.

Gérer six commerciaux, négocier avec les grandes surfaces, organiser les salons. Vous avez de \
l'expérience dans l'agroalimentaire (minimum 5 ans) et de l'aisance avec Excel et Salesforce. Vous \
parlez anglais, et un peu l'italien.

Rémunération : fixe de 45 à 55 K€ + variable jusqu'à 10 000 €. Voiture de fonction, ordinateur \
portable, intéressement. Poste basé à Lyon, en présentiel.""",
        true="""
tools: Excel; Salesforce
must_have_skills: négociation avec les grandes surfaces; négociation; organisation de salons; agroalimentaire
experience: 5-
spoken_languages: en; it
salary: 45000-55000 EUR year; 45000-55000 EUR ?; 45000- EUR year
perks: company car; laptop; profit sharing; intéressement
remote_policy: on_site
city: Lyon
country: France""",
        false="""
salary: 10000-10000 EUR year; 45-55 EUR hour; 45000-55000 EUR month; 4500000- EUR year; 45000-65000 EUR year
experience: 6-; 5-10; 10-
tools: SAP; Word; HubSpot
spoken_languages: es; de; nl
must_have_skills: permis B; marketing digital; comptabilité
remote_policy: remote; hybrid
perks: tickets restaurant; RTT; 13e mois
education: bachelor""",
    ),
    Planted(
        title="Analyste crédit",
        company="Banque du Lac",
        location="Genève",
        description="""Vous analysez des dossiers de PME (prêts de CHF 100'000 à 2'000'000) et \
rédigez des avis. Équipe anglophone et germanophone.

Formation universitaire en finance ; 2 à 4 ans d'expérience en banque ; esprit d'analyse ; VBA ou \
Python pour vos modèles. Flexibilité.

Salaire annuel : CHF 85'000 – 98'000. Horaires flexibles, télétravail occasionnel possible, caisse de \
pension avantageuse, abonnement de sport.""",
        true="""
programming_languages: VBA; Python
must_have_skills: esprit d'analyse; analytical skills; flexibilité; analyse de dossiers; rédaction d'avis; finance
experience: 2-4; 2-
education: master
salary: 85000-98000 CHF year; 85000-98000 CHF ?
spoken_languages: en; de
remote_policy: hybrid
perks: flexible hours; pension; gym membership; télétravail
city: Genève""",
        false="""
salary: 100000-2000000 CHF year; 85000-98000 EUR year; 85000-98000 CHF month; 8500-9800 CHF month; 85000-89000 CHF year
experience: 4-; 2-5; 3-
spoken_languages: fr; it
programming_languages: Java; R; C++
tools: Bloomberg Terminal; Excel
remote_policy: remote
education: vocational
perks: voiture de société; 13e mois; crèche
must_have_skills: audit; fiscalité; vente""",
    ),
    Planted(
        title="Stagiaire communication",
        company="Festival des Marées",
        location="Ostende",
        description="""Le festival engage un stagiaire. Vous écrivez la lettre d'information, créez \
des visuels dans Canva et InDesign, et répondez à la presse. À la rédaction nous savons rire.

Vous êtes créative, motivée, et vous maîtrisez l'orthographe. Tu ne sais pas coder ? Peu importe. \
Bilingue FR/NL. Nos œuvres phares viennent d'Espagne.

Stage de trois mois, convention de stage, indemnité de 600 € par mois. Places pour chaque concert \
et un vélo de société.""",
        true="""
tools: Canva; InDesign; Adobe InDesign
must_have_skills: créativité; motivation; orthographe; visuels; création de visuels
spoken_languages: fr; nl
contract_type: internship
perks: vélo de société; bicycle lease; places pour chaque concert
city: Oostende
country: België""",
        false="""
spoken_languages: es; en; de
experience: 3-; 1-
tools: Photoshop; Word; Figma
programming_languages: R; Python; C
must_have_skills: photographie; permis B; gestion de projet; SEO; espagnol
contract_type: permanent; volunteer
salary: 600-600 EUR hour; 600-600 GBP month; 60-60 EUR day
perks: tickets restaurant; laptop
education: bachelor""",
    ),
    Planted(
        title="Ouvrier polyvalent",
        company="Interim Plus",
        location="Charleroi",
        description="""Pour notre client, une usine d'emballages, nous cherchons un ouvrier. Le \
poste se fait en deux équipes ; l'usine fonctionne 7 jours sur 7.

Conduire un chariot élévateur (brevet cariste), contrôler la qualité, nettoyer la ligne. Vous êtes \
flexible, vous avez l'esprit d'équipe et une première expérience d'un an. Sans voiture, pas de \
problème : navette gratuite.

Contrat intérimaire avec option d'engagement. 15,20 EUR/h, primes d'équipe de 10 %, éco-chèques, \
pécule de vacances.""",
        true="""
must_have_skills: brevet cariste; contrôle qualité; flexibilité; esprit d'équipe; team player; forklift licence; conduite de chariot élévateur; nettoyage
experience: 1-
contract_type: temporary_agency
salary: 15.2-15.2 EUR hour; 15.2- EUR hour; 15.2-15.2 EUR ?
perks: eco vouchers; shift allowance; holiday pay; navette gratuite
city: Charleroi
country: Belgique""",
        false="""
experience: 7-; 2-; 10-
contract_type: permanent; apprenticeship
salary: 1520-1520 EUR month; 15.2-15.2 EUR day; 15-20 EUR hour; 10-10 EUR hour; 15.2-15.2 USD hour
perks: company car; chèques-repas; assurance groupe; parking
must_have_skills: soudage; permis B; anglais technique; maintenance électrique
spoken_languages: fr; nl
education: secondary
remote_policy: on_site""",
    ),
)
