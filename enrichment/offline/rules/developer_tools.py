"""Names of frameworks, databases and other tools of developers.

How they are written: see `enrichment/offline/rules/language_names.py`.
"""

from __future__ import annotations

_WEB = """
!React: REACT;  React.js; ReactJS; React JS
React Native
!Redux
!Angular: AngularJS; Angular.js; Angular 2
Vue.js: !Vue; VueJS; Vue 3; Vue 2
Svelte
Next.js: NextJS
Nuxt: Nuxt.js; NuxtJS
Node.js: !Node; NodeJS; Node JS
?Express: Express.js; ExpressJS
NestJS: Nest.js
jQuery
!Bootstrap
Tailwind: Tailwind CSS; TailwindCSS
Webpack
!Babel: BabelJS
!Gulp
!Grunt
npm
!Yarn
!Ajax: AJAX
!Spring: Spring Framework; !SPRING
Spring Boot: SpringBoot
Spring MVC
Java EE: JavaEE; J2EE; JEE; Jakarta EE
Hibernate
!Maven: Apache Maven
Gradle
Tomcat: Apache Tomcat
JBoss: WildFly
!Struts
!Camel: Apache Camel
Quarkus
Micronaut
Vert.x
RxJava: Rx Java
.NET: dotnet; dot net; ASP.NET; .NET Framework
.NET Core: dotnet core; ASP.NET Core
ASP.NET Web API: .NET WebAPI; .NET Web API; ASP.NET WebAPI
Entity Framework
WPF
Blazor
Xamarin
Django: Django REST Framework
!Flask
FastAPI
SQLAlchemy
!Celery
Laravel
Symfony: Symfony2; Symfony 4
Zend: Zend Framework
Magento: Adobe Commerce
WordPress
Drupal
TYPO3
Joomla
Shopify
WooCommerce
PrestaShop
Strapi
Ruby on Rails: !Rails; RoR
!Ionic
Cordova: PhoneGap
Flutter
SwiftUI
!Unity: Unity3D; Unity 3D
Unreal Engine
iOS
Android: Android SDK
!REST: RESTful; REST API; REST APIs; RESTful API; RESTful APIs
!SOAP: SOAP API
gRPC
Swagger: OpenAPI
Storybook
Firebase
Parse Platform
SAPUI5: SAP UI5; UI5
"""
_DATA = """
PostgreSQL: Postgres; Postgre SQL; PSQL
MySQL
MariaDB
SQL Server: MS SQL; MSSQL; Microsoft SQL Server; MS SQL Server
!Oracle: Oracle Database; Oracle DB
SQLite
Db2: IBM DB2
MongoDB: Mongo
Redis
Cassandra: Apache Cassandra
DynamoDB
Neo4j
Elasticsearch: Elastic Search; Elastic Stack; !ELK; ELK stack
Kibana
Logstash
Solr: Apache Solr
Couchbase
NoSQL: no-sql
Snowflake
Databricks
BigQuery: Big Query
Redshift: Amazon Redshift
Teradata
Hadoop: HDFS
!Hive: Apache Hive
!Spark: Apache Spark; PySpark
Flink: Apache Flink
Kafka: Apache Kafka
RabbitMQ: Rabbit MQ
ActiveMQ
Airflow: Apache Airflow
dbt
Talend
Informatica
SSIS
SSRS
SSAS
Power BI: PowerBI
Power Query
Tableau
Qlik: QlikView; Qlik Sense; QlikSense
!Looker
Looker Studio: Data Studio; Google Data Studio
MicroStrategy
Cognos
Alteryx
SPSS
!Stata
Minitab
pandas
NumPy
scikit-learn: sklearn; scikit learn
TensorFlow
PyTorch
Keras
!JAX
OpenCV
CUDA
Jupyter
MLflow
OR-Tools
GROMACS
OpenMM
!Slurm
"""
_OPERATIONS = """
Docker: docker-compose; docker compose
Kubernetes: k8s
OpenShift
!Helm
Terraform
Ansible
!Puppet
?Chef
SaltStack
Vagrant
Jenkins
GitLab: GitLab CI
GitHub: GitHub Actions
Git
SVN: Subversion
Bitbucket
!Mercurial
CircleCI: Circle CI
Travis CI: TravisCI
TeamCity
!Bamboo
Azure DevOps: !TFS; Team Foundation Server
Argo CD: ArgoCD
AWS: Amazon Web Services; Amazon AWS
AWS Lambda
EC2
CloudFormation
Azure: Microsoft Azure; MS Azure
Google Cloud: GCP; Google Cloud Platform
Heroku
OpenStack
VMware: vSphere; ESXi
Hyper-V
Citrix
Linux
!Unix: UNIX
Ubuntu
Debian
Red Hat: RHEL; RedHat
CentOS
Windows Server
!Windows
macOS: Mac OS
Active Directory
Microsoft Intune: Intune
!Exchange: Exchange Server; Exchange Online
Nginx
!Apache: Apache HTTP Server
HAProxy
Prometheus
Grafana
Datadog
Splunk
Nagios
Zabbix
New Relic: NewRelic
Microsoft Sentinel: Azure Sentinel
Wireshark
Nessus
Metasploit
Cisco
Fortinet: FortiGate
Ceph
Yocto
ServiceNow: Service Now
!Nexus
SonarQube: Sonar
"""
_TESTING = """
Selenium: Selenium WebDriver
!Cypress
Playwright
Cucumber
JUnit
TestNG
NUnit
PHPUnit
pytest
!Jest
!Mocha: Mocha.js
!Chai
Jasmine
Vitest
TestCafe
Appium
!Postman
JMeter
Gatling
!Gauge
Robot Framework
TestRail
SoapUI
"""

DEVELOPER_TOOLS = "\n".join(
    part.strip() for part in (_WEB, _DATA, _OPERATIONS, _TESTING)
)
