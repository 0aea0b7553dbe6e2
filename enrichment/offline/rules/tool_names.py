"""Names of tools: those of developers, and programs for all other work.

How they are written: see `enrichment/offline/rules/language_names.py`.
"""

from __future__ import annotations

from enrichment.offline.rules.developer_tools import DEVELOPER_TOOLS

_OFFICE = """
?Excel: EXCEL; MS Excel; Microsoft Excel
?Word: MS Word; Microsoft Word
PowerPoint: MS PowerPoint; Power Point
?Outlook: MS Outlook; Microsoft Outlook
?Access: MS Access; Microsoft Access
MS Office: Microsoft Office; Office 365; Office365; Microsoft 365; M365; MS-Office; O365; Office suite
MS Project: Microsoft Project
Visio
SharePoint
?Teams: Microsoft Teams; MS Teams
Google Workspace: G Suite; GSuite; Google Docs; Google Sheets
Google Classroom
Jira
Confluence
Trello
!Asana
?Notion
!Slack
!Miro
!SAP: SAP ERP; SAP R/3
SAP S/4HANA: S/4HANA; S4 HANA; S/4 HANA; S4HANA
SAP HANA
SuccessFactors
!Workday
PeopleSoft
AFAS
Exact Online
Navision: Dynamics NAV; Microsoft Dynamics NAV
Microsoft Dynamics 365: Dynamics 365; D365; MS Dynamics 365
Microsoft Dynamics: MS Dynamics; Dynamics CRM; Microsoft Dynamics CRM
Business Central
Odoo
NetSuite
?Sage
!Octopus
WinBooks
Clearfacts
!Yuki
Twinfield
Visma
BOB 50: BOB50
Basware
QuickBooks
Xero
Salesforce: SFDC
HubSpot
Zendesk
Zoho
!Pipedrive
Mailchimp
Brevo: Sendinblue
Marketo
Google Analytics: GA4; Google Analytics 4
Google Tag Manager: GTM
Google Ads: AdWords; Google AdWords
Microsoft Ads: Bing Ads
Meta Ads: Facebook Ads
Channable
Monday.com
ClickUp
Basecamp
Airtable
Smartsheet
DocuSign
Adobe Acrobat: Acrobat Pro
Freshdesk
Genesys
Avaya
Twilio
BambooHR
Personio
!Kronos
SAP FICO: SAP FI/CO; SAP FI
SAP MM
SAP SD
SAP PP
SAP EWM
SAP Ariba
Oracle EBS: Oracle E-Business Suite
JD Edwards: JDEdwards
!Infor
!Epicor
!Coupa
!Anaplan
Hyperion: Oracle Hyperion
LexisNexis
Westlaw
Bloomberg Terminal
SEMrush
Ahrefs
"""
_DESIGN = """
Photoshop: Adobe Photoshop
Illustrator: Adobe Illustrator
InDesign: Adobe InDesign
Adobe XD
Premiere Pro: Adobe Premiere
After Effects: Adobe After Effects
Adobe Creative Suite: Creative Suite; Adobe CC; Adobe Creative Cloud; Creative Cloud
Figma
!Sketch
InVision
Canva
!Blender
AutoCAD: Auto CAD
Revit
SolidWorks: Solid Works
CATIA
!Inventor: Autodesk Inventor
SketchUp
Tekla
Civil 3D
MicroStation
ArchiCAD
BIM 360
Navisworks
Primavera P6: Primavera
ArcGIS: Arc GIS
QGIS
!GIS
LabVIEW
Simulink
ANSYS
Abaqus
OpenFOAM
Siemens NX: Unigraphics
!Creo: PTC Creo
Solid Edge
Aspen HYSYS: HYSYS
Aspen Plus
ETABS
PLAXIS
Rhino 3D: Rhinoceros 3D
3ds Max: 3D Studio Max
Autodesk Maya
Cinema 4D
ZBrush
Lightroom: Adobe Lightroom
DaVinci Resolve
Final Cut Pro: Final Cut
COMSOL
EPLAN
TIA Portal
Siemens S7: Siemens Step 7; Step 7; S7-1500; S7-300
SCADA
!PLC: !PLC's
Maximo: IBM Maximo
!LIMS
!Priva
Transics
Nedap Ons
Omaha System
ChipSoft HiX
Care Solutions
!Mews
GeoGebra
Seesaw
Moodle
Smartschool
Lotus Notes
"""

TOOLS = "\n".join(part.strip() for part in (DEVELOPER_TOOLS, _OFFICE, _DESIGN))
