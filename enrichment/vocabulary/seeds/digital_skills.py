"""Skills in software, data, operations and design, beside technologies by name."""

from __future__ import annotations

DIGITAL_SKILLS = """
Machine learning: ml; apprentissage automatique; machinaal leren
Deep learning: apprentissage profond
Artificial intelligence: ai; kunstmatige intelligentie; intelligence artificielle; artificiële intelligentie
Generative AI: genai; gen ai; generatieve ai; ia générative
Large language models: llm; llms; large language model; grote taalmodellen; grands modèles de langage
Natural language processing: nlp; traitement du langage naturel; natuurlijke taalverwerking
Computer vision: vision par ordinateur
Neural networks: neurale netwerken; réseaux de neurones; neural network
Data science: datawetenschap; science des données
Data analysis: data analytics; data-analyse; analyse de données; gegevensanalyse; analyse des données; data analyse
Data engineering: ingénierie des données
Data modelling: data modeling; datamodellering; modélisation de données; gegevensmodellering
Data visualisation: data visualization; datavisualisatie; visualisation de données
Data warehousing: data warehouse; data warehouses; dwh; datawarehouse; entrepôt de données; datawarehousing
Data pipelines: data pipeline
Data governance: gouvernance des données; datagovernance
Data quality: datakwaliteit; qualité des données
Data migration: datamigratie; migration de données
Data architecture: data-architectuur; architecture de données
Data mining: datamining; fouille de données
Big data
ETL: elt; etl/elt; extract transform load
Business intelligence: bi
Statistics: statistiek; statistique; statistiques; statistical analysis; statistische analyse; analyse statistique
Predictive modelling: predictive modeling; predictive analytics
A/B testing: a/b test; a/b tests; ab-testing
Agile: agile methodologies; agile methodology; agile werken; méthodes agiles; méthodologie agile; agile development; agile working; méthode agile
Scrum: scrum methodology; méthode scrum
Kanban
SAFe: scaled agile; scaled agile framework
Lean: lean management; lean manufacturing; lean production
Six Sigma: lean six sigma; 6 sigma
PRINCE2: prince 2
PMP: project management professional
ITIL: itil v4; itil foundation
DevOps
DevSecOps
CI/CD: ci cd; ci-cd; continuous integration; continuous delivery; continuous deployment; intégration continue; ci/cd pipelines; déploiement continu; cicd pipelines
Infrastructure as code: iac
Microservices: microservice; micro-services; microservices architecture; microservice architecture
Event-driven architecture: event driven architecture; event-driven; event sourcing
Distributed systems: gedistribueerde systemen; systèmes distribués
Web services: webservices; web service
API design: apis; api; api development; api-ontwikkeling
Cloud computing: cloud; cloud technologies; cloud technology; cloud infrastructure; cloud-native; cloud native
Serverless
Containerisation: containerization; containers; container orchestration; conteneurisation
Virtualisation: virtualization; virtualisatie
Object-oriented programming: object oriented programming; oop; objectgeoriënteerd programmeren; programmation orientée objet; ood
Functional programming: functioneel programmeren; programmation fonctionnelle
Design patterns: design pattern; ontwerppatronen
Domain-driven design: ddd; domain driven design
Test-driven development: tdd; test driven development
Behaviour-driven development: bdd; behavior-driven development
Unit testing: unit tests; unit test; tests unitaires; unittesten
Integration testing: integration tests; tests d'intégration; integratietesten
Test automation: automated testing; automated tests; testautomatisering; automatisation des tests; automatisation de tests; geautomatiseerd testen; test automatisation
Software testing: testing; manual testing; testen; tests logiciels
Performance testing: load testing; performantietesten
Quality assurance: qa; kwaliteitsborging; assurance qualité; kwaliteitszorg
Software architecture: softwarearchitectuur; architecture logicielle
Solution architecture: solution design; solution architectuur
Enterprise architecture: enterprise architectuur; architecture d'entreprise
System design: systems design; systeemontwerp
Software development: softwareontwikkeling; développement logiciel; software engineering; programming; programmeren; programmation; softwaredevelopment; développement de logiciels
Web development: webontwikkeling; développement web; webdevelopment
Frontend development: front-end development; frontend; front-end; frontend ontwikkeling; développement front-end; front-end ontwikkeling
Backend development: back-end development; backend; back-end; backend ontwikkeling; développement back-end; back-end ontwikkeling
Full-stack development: full stack; full-stack; fullstack development; développement full stack
Mobile development: app development; mobile app development; développement mobile; mobiele ontwikkeling
Embedded systems: embedded software; embedded; systèmes embarqués; ingebedde systemen
Real-time systems: rtos; real-time operating systems
Responsive design: responsive web design
Web accessibility: accessibility; wcag; toegankelijkheid; accessibilité; digitale toegankelijkheid
Algorithms: algoritmen; algorithmes; data structures; algorithms and data structures
Concurrency: multithreading; multi-threading; parallel programming
Code review: code reviews; pair programming
Clean code
Version control: versiebeheer; source control; contrôle de version; gestion de versions
Refactoring
Observability
Monitoring
Debugging: debuggen; débogage
Scripting
Automation: automatisering; automatisation
Databases: database; relational databases; relationele databases; bases de données; bases de données relationnelles; databanken; base de données
Database design: database ontwerp
Cybersecurity: cyber security; cyberveiligheid; cyberbeveiliging; cybersécurité; it security; it-security
Information security: informatiebeveiliging; sécurité de l'information; sécurité informatique; informatieveiligheid; infosec
Network security: netwerkbeveiliging; sécurité réseau; sécurité des réseaux
Application security: appsec; web application security
Cloud security
Penetration testing: pentesting; pentest; tests d'intrusion
Threat modelling: threat modeling
Incident response
Vulnerability management: vulnerability assessment
Identity and access management: iam; identity management; access management
Encryption: cryptography; cryptografie; cryptographie
ISO 27001: iso/iec 27001; iso27001
NIS2: nis 2
Networking: netwerken; réseaux; computer networks; réseaux informatiques; computernetwerken; network administration; netwerkbeheer
TCP/IP
VPN
Firewalls: firewall; pare-feu
DNS
System administration: systeembeheer; systems administration; administration système; linux administration; administration systèmes
Internet of Things: iot
Robotics: robotica; robotique
Blockchain
UX design: user experience design; user experience; ux; expérience utilisateur
UI design: user interface design; user interface; ui; interface utilisateur
UX/UI design: ux/ui; ui/ux; ui/ux design; ux ui design
User research: gebruikersonderzoek; ux research; recherche utilisateur
Prototyping: wireframing; wireframes; prototypage; prototypes
Interaction design: interactieontwerp
Graphic design: grafische vormgeving; grafisch ontwerp; conception graphique; graphisme
Design thinking
Design systems: design system
Usability testing: usability; user testing
"""
