"""Names of frameworks, databases and other tools of developers.

How they are written: see `enrichment/offline/rules/language_names.py`.
"""

from __future__ import annotations

from enrichment.offline.rules.data_tools import DATA_TOOLS
from enrichment.offline.rules.platform_tools import PLATFORM_TOOLS
from enrichment.offline.rules.web_tools import WEB_TOOLS

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
Mockito
WireMock
MockK
!Espresso
XCTest
xUnit: xUnit.net
RSpec
PHPSpec
Behat
!Karma
Protractor
Puppeteer
WebdriverIO: Webdriver.io
!Enzyme
Testing Library: React Testing Library
SpecFlow
Gherkin
BrowserStack
Tosca: Tricentis Tosca
HP ALM: Quality Center; HP Quality Center
LoadRunner
"""

DEVELOPER_TOOLS = "\n".join(
    part.strip() for part in (WEB_TOOLS, DATA_TOOLS, PLATFORM_TOOLS, _TESTING)
)
