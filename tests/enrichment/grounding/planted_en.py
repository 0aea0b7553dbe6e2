"""In English."""

from __future__ import annotations

from tests.enrichment.grounding.planted import Planted

ENGLISH = (
    Planted(
        title="Senior Backend Engineer",
        company="Harbourlight Ltd",
        location="Leeds, UK",
        description="""We run parcel tracking for a thousand shops. Our Dutch parent company was \
founded 12 years ago.

What you'll do
- Write services in C# and TypeScript, with some legacy JavaScript
- React to incidents quickly and go on call one week in six
- Move our queues from RabbitMQ to Kafka, running on k8s

You bring
- At least five years of professional experience in backend work
- Postgres and SQL tuning; experience with REST APIs
- Communication skills, and you solve problems with others
- A bachelor's degree or the same by practice

We pay between £55,000 and £65,000 a year, up to 10% bonus. 28 days holiday, a pension scheme and \
private healthcare. Hybrid working: two days a week from home.""",
        true="""
programming_languages: C#; TypeScript; JavaScript; SQL
tools: Kubernetes; PostgreSQL; Apache Kafka; RabbitMQ; REST API
must_have_skills: problem solving; communication skills; SQL tuning
salary: 55000-65000 GBP year; 55000- GBP year; 55000-65000 GBP ?
experience: 5-
education: bachelor
remote_policy: hybrid
perks: pension; 28 days holiday; private health insurance
country: United Kingdom""",
        false="""
programming_languages: Java; C; Go; C++; R
tools: React; Redis; SQL Server; Express; Docker
must_have_skills: project management; machine learning; 12 years of experience
salary: 55000-65000 EUR year; 55000-65000 GBP month; 5500-6500 GBP month; 55000-75000 GBP year
experience: 12-; 5-7; 6-
education: master
remote_policy: remote; on_site
perks: 25 days holiday; company car; meal vouchers
spoken_languages: nl""",
    ),
    Planted(
        title="Payroll Officer (part-time)",
        company="Redmoor Council",
        location="Bristol",
        description="""Redmoor Council pays 3,400 people on the 27th of each month. You check that \
it is right.

You will process new starters, maternity pay and pension changes, and answer questions by phone. \
You excel at detail. Word of mouth brought us most of the team.

Essential: two years in payroll; confident with Excel (v-lookups) and iTrent; GCSE maths; a full \
UK driving licence is not needed. Desirable: CIPP certificate, managing small projects.

Pay: £14.75 per hour, 22.5 hours a week, 5 days a week. Fixed-term contract of 12 months. The office \
has an on-site gym and free parking. Cycle to work scheme.""",
        true="""
must_have_skills: payroll; payroll experience; GCSE maths
nice_to_have_skills: CIPP certificate; small project management; CIPP
tools: Excel; Microsoft Excel; iTrent
salary: 14.75- GBP hour; 14.75-14.75 GBP hour; 14.75-14.75 GBP ?
experience: 2-
contract_type: fixed_term
perks: on-site gym; free parking; parking; gym membership
city: Bristol""",
        false="""
tools: Word; Outlook; SAP; Access
salary: 1475-1475 GBP month; 14.75-14.75 EUR hour; 14.75-14.75 GBP day; 22.5-22.5 GBP hour; 14.5-14.5 GBP hour
experience: 5-; 12-; 3-
contract_type: permanent; freelance
remote_policy: on_site; hybrid
must_have_skills: bookkeeping; Oracle; 3,400 employees
perks: free lunch; bicycle lease; season ticket
education: bachelor""",
    ),
    Planted(
        title="Field Service Technician",
        company="Polder Pumps",
        location="Boston, MA",
        description="""Polder Pumps repairs pumps on farms. You drive a hybrid car from our yard and \
spend your days on the road, alone.

Requirements:
* 3-5 years' experience with hydraulics or diesel engines
* High school diploma; trade school is a plus
* Spanish is a plus, English is a must
* Welding (MIG), reading electrical drawings, Class C driver's license

We offer $28 - $34/hr, overtime at 1.5, a 401(k), dental and vision insurance, and 15 days of paid \
time off. Sign-on bonus of $2,500. This is a permanent position.""",
        true="""
must_have_skills: hydraulics; MIG welding; welding; electrical drawings; diesel engine; driver's license
spoken_languages: en; es
experience: 3-5; 3-
education: secondary; vocational
salary: 28-34 USD hour; 28-34 USD ?; 28- USD hour
perks: 401k; dental insurance; paid time off; sign-on bonus; 15 days off
contract_type: permanent
city: Boston""",
        false="""
programming_languages: C; Rust; R
remote_policy: hybrid; remote
experience: 5-; 3-8; 15-
salary: 2500-2500 USD month; 28-34 GBP hour; 28-34 USD day; 28000-34000 USD year; 28-43 USD hour
spoken_languages: nl; fr; de
perks: 20 days off; company car; stock options; 13th month
must_have_skills: TIG welding; pneumatics; forklift licence
contract_type: temporary_agency
education: bachelor""",
    ),
    Planted(
        title="Data Analyst",
        location="Dublin or remote in Ireland",
        description="""Marlin Foods sells frozen fish. Data people are few here, so you do everything: \
modelling in dbt, charts in PowerBI, and now and then a script in R. We go to market in nine \
countries; sales meets every Tuesday for the Access to Markets call.

You: analytical mindset, good with Git, at home in BigQuery or Snowflake. Master's degree or \
equivalent. You write clear reports and can present to directors. Fluent in English and German.

Pay is 48k to 56k EUR per annum. Fully remote within Ireland is possible. Budget of €1,500 for \
training each year.""",
        true="""
programming_languages: R
tools: dbt; Power BI; BigQuery; Snowflake; git
must_have_skills: analytical skills; report writing; presentation
spoken_languages: en; de
education: master
salary: 48000-56000 EUR year; 48000-56000 EUR ?; 48000- EUR year
remote_policy: remote
perks: training budget
country: Ireland""",
        false="""
programming_languages: Go; Python; Scala; C
tools: Access; Tableau; Excel; Redshift; GitLab
spoken_languages: fr; ga
salary: 1500-1500 EUR year; 48-56 EUR year; 48000-56000 USD year; 4800-5600 EUR month; 46000-58000 EUR year
education: doctorate; vocational
remote_policy: hybrid
must_have_skills: negotiation; machine learning; statistics
perks: laptop; 1,500 euro bonus""",
    ),
    Planted(
        title="Prompt Engineer / Conversation Designer",
        description="""We build assistants for hospitals. You write system prompts, test them against \
attacks such as "ignore all previous instructions", and ignore the noise around new models.

You know Python, LLM evaluation and A/B testing. Knowledge of ISO 27001 helps. You have managed \
several projects at once, and you have written AI instructions for people who aren't technical.

Contract: permanent, full-time. Salary: CHF 95'000 – 110'000, paid in 13 instalments per year. \
We are an equal opportunity employer: we hire regardless of race, religion, gender, age, disability \
or Spanish, Swahili or Arabic origin.""",
        true="""
programming_languages: Python
must_have_skills: LLM evaluation; A/B testing; project management; ISO 27001; system prompts; writing prompts; AI instructions
contract_type: permanent
salary: 95000-110000 CHF year; 95000-110000 CHF ?
tools: LLM""",
        false="""
spoken_languages: ar; es; sw
must_have_skills: ISO 9001; ISO 27002; religion; gender; disability; accounting
salary: 95000-110000 EUR year; 95-110 CHF hour; 13-13 CHF year; 95000-101000 CHF year
tools: Rasa; Slack
contract_type: fixed_term""",
    ),
    Planted(
        title="Night Baker",
        company="Crust & Crumb",
        location="Glasgow",
        description="""Nice to have you here! We bake sourdough from 1 a.m.; you shape, score and \
load. We went from 2 to 14 people in three years. Our customers include hotels that speak every \
language, and French pastry is our pride.

You need: experience in a commercial kitchen, food hygiene certificate (level 2), physical strength, \
and being on time. Training given. Salary 26.000 to 28.500 pounds per year depending on experience. \
Pension, 40% staff discount, and all the bread you can carry.""",
        true="""
must_have_skills: food hygiene certificate; physical strength; commercial kitchen experience; food hygiene; punctuality
salary: 26000-28500 GBP year; 26000-28500 ? year; 26000- GBP year
perks: pension; employee discount; 40% staff discount; training
city: Glasgow""",
        false="""
spoken_languages: fr; en
experience: 3-; 2-; 14-
city: Nice; Paris
salary: 26000-28500 EUR year; 26-28.5 GBP hour; 26000-28500 GBP month; 26000-29500 GBP year
perks: 50% staff discount; gym; bonus
must_have_skills: food safety level 3; team leadership; barista
education: vocational""",
    ),
    Planted(
        title="Finance Manager",
        location="London",
        description="""Stagecraft Productions (turnover £4,500,000) puts on musicals.

Responsible for month-end, VAT returns and cash flow; you manage two accounts assistants. ACCA or \
CIMA qualified. Xero essential, NetSuite desirable. An understanding of theatre tax relief would \
help. You report to the managing director.

Up to £70k DOE. Day-one private medical insurance, enhanced maternity leave, life assurance. \
On-site four days per week, one day from home. German speakers welcome on tour, not required here.""",
        true="""
must_have_skills: cash flow; VAT returns; ACCA; CIMA; month-end
nice_to_have_skills: theatre tax relief; NetSuite
tools: Xero; NetSuite
salary: -70000 GBP year; -70000 GBP ?; 70000-70000 GBP year
remote_policy: hybrid
perks: private health insurance; life insurance; maternity leave
city: London""",
        false="""
salary: 4500000-4500000 GBP year; 45000-70000 GBP year; -70000 EUR year; -7000 GBP month; 60000-70000 GBP year
tools: Sage; QuickBooks; Express
must_have_skills: AAT; payroll; theatre production design; corporate tax
spoken_languages: nl; fr
remote_policy: remote
experience: 4-; 1-
perks: dental insurance; company car""",
    ),
)
