"""One rich, valid document for each shape that importers take."""

from __future__ import annotations

from typing import Any

OWN: dict[str, Any] = {
    "source": "feed",
    "external_id": "a-1",
    "title": "Baker",
    "company": "Bread Co",
    "location": "Ghent",
    "description": "You bake bread &amp; cakes.<br>At night.",
    "url": "https://bread.example/jobs/1",
    "posted_at": "2026-05-01T09:30:00Z",
    "priority": 1,
}
SCHEMA_ORG: dict[str, Any] = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "@id": "#site", "name": "Bread"},
        {"@type": "Organization", "@id": "#org", "name": "Bread Co"},
        {
            "@type": ["JobPosting"],
            "title": "Baker",
            "description": "<p>Bakes bread.</p>",
            "identifier": {"@type": "PropertyValue", "name": "Bread", "value": "b-1"},
            "hiringOrganization": {"@id": "#org"},
            "datePosted": "2026-05-01",
            "validThrough": "2026-06-01T00:00",
            "employmentType": ["FULL_TIME", "INTERN"],
            "url": "/jobs/b-1",
            "jobLocationType": "TELECOMMUTE",
            "applicantLocationRequirements": {"@type": "Country", "name": "Belgium"},
            "jobLocation": [
                {
                    "@type": "Place",
                    "address": {
                        "addressLocality": "Ghent",
                        "addressRegion": "East Flanders",
                        "addressCountry": {"name": "BE"},
                    },
                },
                "Bruges",
            ],
            "baseSalary": {
                "@type": "MonetaryAmount",
                "currency": "EUR",
                "value": [
                    {"minValue": "2.500,00", "maxValue": 3000, "unitText": "MONTH"}
                ],
            },
            "salaryCurrency": "EUR",
            "experienceRequirements": {"monthsOfExperience": 24, "description": "2 y"},
            "educationRequirements": {"credentialCategory": "bachelor degree"},
            "directApply": True,
            "industry": "Food",
        },
    ],
}
GREENHOUSE: dict[str, Any] = {
    "id": 4021,
    "title": "Baker &amp; cook",
    "absolute_url": "https://job-boards.greenhouse.io/breadco/jobs/4021",
    "location": {"name": "Remote, Belgium"},
    "company_name": "Bread Co",
    "content": "&lt;p&gt;You bake &amp;amp; cook.&lt;/p&gt;",
    "updated_at": "2026-05-02T08:00:00-04:00",
    "first_published": "2026-05-01T08:00:00-04:00",
    "application_deadline": None,
    "requisition_id": "R-1",
    "departments": [{"name": "Kitchen"}],
    "offices": [{"name": "Ghent"}],
    "metadata": [
        {
            "name": "Employment Type",
            "value": "Part-time",
            "value_type": "single_select",
        },
        {"name": "Workplace Type", "value": ["Hybrid"], "value_type": "multi_select"},
        {
            "name": "Salary",
            "value": {"unit": "EUR", "min_value": "2500", "max_value": "3000.5"},
            "value_type": "currency_range",
        },
    ],
    "pay_input_ranges": [
        {
            "min_cents": 300000,
            "max_cents": 350000,
            "currency_type": "EUR",
            "title": "Monthly pay",
        }
    ],
}
LEVER: dict[str, Any] = {
    "id": "9b2c",
    "text": "Nurse",
    "hostedUrl": "https://jobs.lever.co/clinic/9b2c",
    "categories": {
        "commitment": "Permanent, full-time",
        "location": "Ghent",
        "allLocations": ["Ghent", "Antwerp"],
        "team": "Care",
        "department": "Hospital",
    },
    "country": "BE",
    "description": "<div>You care.</div>",
    "descriptionPlain": "You care.",
    "lists": [{"text": "Needs", "content": "<li>A diploma</li>"}],
    "salaryRange": {"min": 1000, "max": 2000, "currency": "EUR", "interval": "1 MONTH"},
    "workplaceType": "hybrid",
    "createdAt": 1_760_000_000_000,
}
ASHBY: dict[str, Any] = {
    "id": "f00",
    "title": "Welder",
    "jobUrl": "https://jobs.ashbyhq.com/steel/f00",
    "isListed": True,
    "location": "Liège",
    "secondaryLocations": [
        {"location": "Ghent", "address": {"addressLocality": "Ghent"}}
    ],
    "address": {"postalAddress": {"addressLocality": "Liège", "addressCountry": "BE"}},
    "employmentType": "FullTime",
    "isRemote": True,
    "descriptionHtml": "<p>Welds.</p>",
    "publishedAt": "2026-05-01T08:00:00.000+00:00",
    "compensation": {
        "compensationTierSummary": "EUR 3K",
        "compensationTiers": [
            {
                "components": [
                    {
                        "compensationType": "Salary",
                        "interval": "1 YEAR",
                        "currencyCode": "EUR",
                        "minValue": 30000,
                        "maxValue": 40000,
                    }
                ]
            }
        ],
    },
}
# As the boards' APIs answer, by the format that is named for them.
BY_FORMAT: dict[str, list[Any]] = {
    "json": [[OWN], {"jobs": [OWN, OWN]}, [LEVER, SCHEMA_ORG], {"jobs": [GREENHOUSE]}],
    "jsonld": [SCHEMA_ORG, [SCHEMA_ORG["@graph"][2]]],
    "lever": [[LEVER], [LEVER, LEVER]],
    "ashby": [{"apiVersion": "1", "jobs": [ASHBY]}],
    "greenhouse": [{"jobs": [GREENHOUSE], "meta": {"total": 1}}],
}
OBJECTS = [OWN, SCHEMA_ORG, GREENHOUSE, LEVER, ASHBY]
