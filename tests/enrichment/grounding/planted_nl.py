"""In Dutch."""

from __future__ import annotations

from tests.enrichment.grounding.planted import Planted

DUTCH = (
    Planted(
        title="Magazijnmedewerker",
        company="Vandermeer Groep",
        location="Bergen op Zoom",
        description="""Vandermeer is een Frans bedrijf met 40 jaar ervaring in logistiek.

Wat ga je doen?
- Orders picken en pallets laden met de reachtruck
- De voorraad bijhouden in SAP, af en toe een lijst in Excel

Wie ben jij?
- Je bent klantvriendelijk, zelfstandig en stressbestendig
- Minimaal 2 jaar ervaring in een magazijn
- Rijbewijs B en een heftruckattest
- Je spreekt vlot Nederlands; Duits is een pluspunt

Wij bieden: € 2.450 - € 2.800 bruto per maand (38 uur per week), maaltijdcheques van € 8, \
hospitalisatieverzekering en een dertiende maand. Vast contract na een proefperiode van een maand, \
dus onbepaalde duur. Werken in ploegen, 5 dagen per week.""",
        true="""
tools: SAP; Excel
must_have_skills: klantvriendelijkheid; zelfstandigheid; stressbestendigheid; driving licence B; rijbewijs B; heftruck attest; order picken; voorraad bijhouden
spoken_languages: nl; de
experience: 2-
salary: 2450-2800 EUR month; 2450-2800 EUR ?
perks: meal vouchers; hospitalisation insurance; 13th month; maaltijdcheques van 8 euro
contract_type: permanent
city: Bergen op Zoom""",
        false="""
spoken_languages: fr; en
experience: 40-; 5-; 1-; 2-4
salary: 2450-2800 EUR week; 2450-2800 EUR year; 245-280 EUR month; 2450-3800 EUR month; 8-8 EUR hour
programming_languages: C; R
must_have_skills: rijbewijs C; EHBO; programmeren
perks: bedrijfswagen; fietsvergoeding; maaltijdcheques van 7 euro
contract_type: freelance
city: Antwerpen""",
    ),
    Planted(
        title="Ervaren boekhouder (m/v/x)",
        company="Cijferhuis",
        location="Gent",
        description="""Cijferhuis doet de boekhouding van bakkers en slagers. Je ervaring met hun \
soort papieren is mooi meegenomen.

Jouw taken: btw-aangiften, jaarrekeningen en klanten adviseren. We werken met WinBooks en Office 365.

Profiel
• Bachelor accountancy-fiscaliteit
• 3 à 5 jaar ervaring op een kantoor
• Communicatief vaardig, nauwkeurig en leergierig
• Tweetalig NL/FR

Aanbod
• Een brutoloon vanaf 3200 euro, afhankelijk van je ervaring
• Elektrische bedrijfswagen met laadkaart, groepsverzekering, 12 ADV-dagen
• Glijdende uren en twee dagen thuiswerk per week
• 32 vakantiedagen""",
        true="""
tools: WinBooks; Office 365; MS Office
must_have_skills: communicatieve vaardigheden; nauwkeurigheid; btw-aangifte; jaarrekening; boekhouding; advies aan klanten; leergierigheid
spoken_languages: nl; fr
education: bachelor
experience: 3-5; 3-
salary: 3200- EUR month; 3200- EUR ?
perks: company car; laadkaart; group insurance; ADV days; flexibele werkuren; thuiswerk; 32 vakantiedagen; 12 ADV-dagen
remote_policy: hybrid
country: België""",
        false="""
tools: Exact Online; Excel; BOB 50
spoken_languages: en; de
education: master
experience: 5-; 3-7; 12-
salary: 3200-3500 EUR month; 3200- GBP month; 320- EUR month; 32-32 EUR hour
perks: 20 vakantiedagen; tankkaart; meal vouchers; 13de maand
remote_policy: remote; on_site
country: Nederland
must_have_skills: loonadministratie; consolidatie; projectbeheer""",
    ),
    Planted(
        title="Verpleegkundige nacht",
        company="Woonzorg De Linde",
        location="Leuven",
        description="""In De Linde wonen 92 mensen, van wie 30 met dementie. 's Nachts ben jij hun \
verpleegkundige, samen met een zorgkundige.

Gevraagd: diploma hbo5 of bachelor verpleegkunde. Ervaring is niet nodig: je wordt zes weken \
begeleid. Wondzorg, medicatie klaarzetten, en rustig blijven. Empathie spreekt voor zich.

Deeltijds, 24 tot 30 uur per week. Loon volgens barema IFIC: € 20,50 bruto per uur met nachttoeslag. \
Kinderopvang in huis, fietslease, openbaar vervoer terugbetaald. Vervangingscontract van 7 maanden, \
met kans op een vast contract.""",
        true="""
must_have_skills: wondzorg; medicatie; empathie; verpleegkunde; dementie
education: bachelor; vocational
salary: 20.5-20.5 EUR hour; 20.5- EUR hour; 20.5-20.5 EUR ?
contract_type: fixed_term
perks: childcare; bike lease; public transport; night premium; fietslease
city: Louvain""",
        false="""
experience: 6-; 1-; 7-
education: master; secondary
salary: 2050-2050 EUR month; 20.5-20.5 EUR day; 20-50 EUR hour; 205-205 EUR day; 24-30 EUR hour
contract_type: permanent; temporary_agency
spoken_languages: nl; fr
perks: gsm; bonus; company car
tools: Word; Omaha System""",
    ),
    Planted(
        title="Front-end developer",
        company="Pixelmolen BV",
        location="Amsterdam, NL",
        description="""Pixelmolen maakt websites voor musea. Toegang tot een collectie, een notie van \
kunst: we teams dat graag samen.

Stack: Vue 3, TypeScript, Sass en wat PHP. Kennis van toegankelijkheid (WCAG) is een must, ervaring \
met React of Angular mag. Unit testing met Jest. Je schrijft foutloos Engels.

Je verdient tussen € 45.000 en € 58.000 per jaar, inclusief 8% vakantiegeld. Je werkt 4 dagen, \
waarvan 2 op kantoor. Laptop naar keuze, NS Business Card. Geen recruiters: een uitzendbureau \
hoeft niet te bellen. Jaarcontract, daarna zien we verder.""",
        true="""
programming_languages: TypeScript; PHP; Sass
tools: Vue.js; React; Angular; Jest; Vue 3
must_have_skills: WCAG; toegankelijkheid; unit tests; accessibility (WCAG)
spoken_languages: en
salary: 45000-58000 EUR year; 45000-58000 EUR ?; 45000- EUR year
remote_policy: hybrid
perks: laptop; vakantiegeld; 8% vakantiegeld
contract_type: fixed_term
country: The Netherlands""",
        false="""
spoken_languages: nl; de
programming_languages: JavaScript; Java; Go; Less
tools: Teams; Notion; Access; Node.js; Cypress
salary: 45000-58000 EUR month; 4500-5800 EUR month; 45-58 EUR hour; 45000-68000 EUR year
remote_policy: remote
perks: 10% vakantiegeld; pensioen; gsm; auto van de zaak
contract_type: permanent
experience: 4-; 2-; 3-""",
    ),
    Planted(
        title="Chauffeur CE",
        company="Transport Wouters",
        description="""Je rijdt met een hybride vrachtwagen door de Benelux en Noord-Frankrijk. In \
onze garage werken vier mecaniciens.

Rijbewijs CE met geldige code 95 en bestuurderskaart. Basiskennis Frans en Engels. Ervaring als \
chauffeur: 1 jaar. Je start in Roeselare of Waregem.

Uurloon € 15,85, ARAB-vergoeding van € 1,70 per uur. Ecocheques, werkkledij, een gsm. Contract van \
onbepaalde duur, voltijds, 5 jaar garantie op je truck. Bonus tot 1.500 euro per jaar.""",
        true="""
must_have_skills: rijbewijs CE; code 95; bestuurderskaart; driving licence CE
spoken_languages: fr; en
experience: 1-
salary: 15.85-15.85 EUR hour; 15.85- EUR hour; 15.85-15.85 EUR ?
contract_type: permanent
perks: eco vouchers; work clothes; phone; werkkledij; gsm; bonus
city: Roeselare; Waregem
country: Belgium""",
        false="""
remote_policy: hybrid; remote
experience: 5-; 95-; 3-
salary: 1.7-1.7 EUR hour; 1500-1500 EUR year; 1585-1585 EUR month; 15.85-17 EUR hour; 15.85-15.85 GBP hour
spoken_languages: nl; de
must_have_skills: ADR-attest; mechanica; rijbewijs D
perks: meal vouchers; company car; laptop
programming_languages: C""",
    ),
    Planted(
        title="Poetshulp",
        company="Blinkend",
        location="Hasselt",
        description="""Bij Blinkend poets je bij mensen thuis, nooit meer dan 8 km van je eigen deur. \
We bestaan 15 jaar en rijden zelf elektrisch.

Jij hebt oog voor detail, komt stipt op tijd en kan goed zelfstandig werken. Ervaring hoeft niet. \
Een woordje Nederlands volstaat. Ongeacht je leeftijd, geslacht, geloof, afkomst of beperking ben je \
welkom; wij verwerken jouw gegevens volgens ons privacybeleid (GDPR).

Dienstencheques: € 13,10 per uur bruto, na drie jaar 13,80. Fietsvergoeding, eindejaarspremie en een \
cadeaucheque met Kerstmis. Je kiest zelf: 13 tot 38 uur.""",
        true="""
must_have_skills: zelfstandig werken; stiptheid; oog voor detail; nauwkeurigheid; poetsen
spoken_languages: nl
salary: 13.1-13.8 EUR hour; 13.1- EUR hour; 13.1-13.1 EUR hour
perks: fietsvergoeding; 13th month; eindejaarspremie; bicycle allowance; cadeaucheque
city: Hasselt""",
        false="""
must_have_skills: GDPR; geloof; strijken; geslacht; rijbewijs B; privacy
experience: 15-; 3-; 13-
salary: 13-38 EUR hour; 1310-1380 EUR month; 13.1-13.8 EUR day; 13.1-14.8 EUR hour; 8-8 EUR hour
remote_policy: remote; hybrid
spoken_languages: fr; en
perks: company car; maaltijdcheques; hospitalisatieverzekering; ecocheques""",
    ),
    Planted(
        title="Projectleider infrastructuur",
        company="Kadewerken",
        location="Rotterdam",
        description="""Kadewerken bouwt sluizen; ons grootste project kostte € 12.000.000.

Je leidt projecten van offerte tot oplevering, onderhandelt met leveranciers en rapporteert aan de \
directie. Wo-opleiding civiele techniek, AutoCAD en Primavera P6. VCA-VOL. Ruime ervaring met \
UAV-gc-contracten: zeker zeven jaar.

Salaris: 4.800 tot 6.200 bruto per maand o.b.v. 40 uur, leaseauto, 27 vakantiedagen, pensioen. \
Kantoor in Rotterdam; thuiswerken is niet mogelijk.""",
        true="""
tools: AutoCAD; Primavera
must_have_skills: VCA; UAV-gc; onderhandelen; rapportage; civiele techniek; onderhandeling met leveranciers
education: master
experience: 7-
salary: 4800-6200 EUR month; 4800-6200 ? month; 4800- EUR month
remote_policy: on_site
perks: lease car; pension; 27 vakantiedagen; company car
city: Rotterdam
country: Nederland""",
        false="""
salary: 12000000-12000000 EUR year; 4800-6200 EUR year; 48-62 EUR hour; 4800-6800 EUR month; 4800-6200 EUR week
experience: 40-; 5-; 27-
education: vocational; doctorate
remote_policy: hybrid; remote
tools: Revit; MS Project; BIM 360
perks: 25 vakantiedagen; bonus; maaltijdcheques
spoken_languages: en; nl
must_have_skills: PRINCE2; asfalt; programmeren""",
    ),
)
