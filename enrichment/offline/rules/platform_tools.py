"""Names of what programs run on, and of what guards and watches it.

How they are written: see `enrichment/offline/rules/language_names.py`.
"""

from __future__ import annotations

PLATFORM_TOOLS = """
Docker: docker-compose; docker compose; dockerised; dockerized; Docker containers
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
AWS Lambda: Lambda functions; ?Lambda
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
?S3: Amazon S3; AWS S3
?RDS: Amazon RDS; AWS RDS
?ECS: Amazon ECS; AWS ECS
EKS: Amazon EKS
AKS: Azure Kubernetes Service
GKE: Google Kubernetes Engine
?SQS: Amazon SQS
?SNS: Amazon SNS
Kinesis: Amazon Kinesis
CloudWatch
CloudFront
Fargate: AWS Fargate
Elastic Beanstalk
API Gateway
Amazon Aurora: AWS Aurora; Aurora MySQL; Aurora PostgreSQL
AWS CDK
Azure Functions
Service Bus: Azure Service Bus
Google Pub/Sub: Cloud Pub/Sub
Cloud Foundry: PCF; Pivotal Cloud Foundry
Cloudflare
Akamai
Istio
Linkerd
?Envoy
?Kong
Traefik
Pulumi
HashiCorp Vault: Vault by HashiCorp
?Consul: HashiCorp Consul
?Nomad: HashiCorp Nomad
HashiCorp Packer
?Rancher
?Spinnaker
Tekton
FluxCD: Flux CD
Podman
containerd
Rundeck
Artifactory: JFrog Artifactory; JFrog
Octopus Deploy
?Sentry: Sentry.io
PagerDuty
Opsgenie
Dynatrace
AppDynamics
OpenTelemetry
Jaeger
Fluentd: Fluent Bit
Graylog
KVM
Proxmox
Veeam
NetApp
SCCM: Microsoft SCCM; MECM
Jamf
AIX: IBM AIX
Solaris: Sun Solaris
IBM i: AS/400; AS400; iSeries
z/OS
CICS
JCL
WebSphere
WebLogic
IIS: Microsoft IIS
IBM MQ: WebSphere MQ; MQSeries
MuleSoft
BizTalk
LDAP: OpenLDAP
Okta
Keycloak
CyberArk
SailPoint
CrowdStrike
Zscaler
Palo Alto Networks: Palo Alto firewalls; Palo Alto firewall
Juniper: Juniper Networks
F5 BIG-IP: BIG-IP; F5 WAF
QRadar: IBM QRadar
Suricata
Qualys
Burp Suite: BurpSuite
Nmap
Kali Linux
OWASP ZAP
FreeRTOS
AUTOSAR
CANoe
CAN bus: CANbus
Modbus
PROFINET
Bluetooth: BLE; Bluetooth Low Energy
STM32
Arduino
Raspberry Pi
Altium: Altium Designer
KiCad
Vivado
"""
