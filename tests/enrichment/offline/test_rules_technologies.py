"""Programming languages and tools: by their usual names, and only where meant."""

from __future__ import annotations

import pytest

from enrichment.offline.rules.technologies import technologies
from tests.enrichment.offline.texts import reading


def named(text: str, **over: str) -> tuple[list[str], list[str]]:
    found = technologies(reading(text, **over))
    return found.languages, found.tools


class TestTechnology:
    @pytest.mark.parametrize(
        ("text", "languages", "tools"),
        [
            ("You write JS and python3.", ["JavaScript", "Python"], []),
            ("We run k8s on AWS.", [], ["Kubernetes", "AWS"]),
            ("Reports in PowerBI and MS Excel", [], ["Power BI", "Excel"]),
            ("C, C++ and C# on Linux", ["C", "C++", "C#"], ["Linux"]),
            ("C#/.NET with SQL Server", ["C#"], [".NET", "SQL Server"]),
            (
                "You know Node.js, Vue 3 and Postgres",
                [],
                ["Node.js", "Vue.js", "PostgreSQL"],
            ),
            ("Statistics in R or Python", ["R", "Python"], []),
            ("Services in Golang; some Go, some Bash", ["Go", "Bash"], []),
            ("Je werkt met SAP en Excel", [], ["SAP", "Excel"]),
            ("Ervaring met AutoCAD of Revit", [], ["AutoCAD", "Revit"]),
            (
                "Experience with C# ( . NET and . NET Core )",
                ["C#"],
                [".NET", ".NET Core"],
            ),
            ("Services in .Net, hosted on IIS", [], [".NET", "IIS"]),
            (
                "JSON over MQTT, single sign-on by OAuth 2.0",
                [],
                ["JSON", "MQTT", "OAuth"],
            ),
            (
                "Rapports dans Crystal Reports et SAP BO",
                [],
                ["Crystal Reports", "SAP BusinessObjects"],
            ),
            (
                "Functions on AWS: Lambda, S3 and SQS",
                [],
                ["AWS", "AWS Lambda", "S3", "SQS"],
            ),
            ("Je tekent in Siemens NX en Solid Edge", [], ["Siemens NX", "Solid Edge"]),
            ("Vous maîtrisez Photoshop et InDesign", [], ["Photoshop", "InDesign"]),
        ],
    )
    def test_is_found(self, text: str, languages: list[str], tools: list[str]) -> None:
        assert named(text) == (languages, tools)

    @pytest.mark.parametrize(
        "text",
        [
            "Go to our site and apply at once.",
            "You report to C-level managers.",
            "Rijbewijs C is nodig.",
            "Our R&D department grows.",
            "You excel in teamwork and react quickly.",
            "The rest of the team has access to the spring collection.",
            "Some word about our teams: we express ourselves.",
            "Une première expérience, un chef d'équipe.",
            "Wie met elk detail rekening houdt, past hier.",
            "You are a rancher and a nomad, an envoy and a consul.",
            "Je leent geld aan een sentry in kamer S3.",
            "Vous apprenez vite et vous tracez un kilomètre.",
            "Wearing a lambda, the packer creates an amplitude.",
            "We work on the web. Net pay is good.",
            "Our chef serves soup in a slack season.",
        ],
    )
    def test_ordinary_words_are_none(self, text: str) -> None:
        assert named(text) == ([], [])

    @pytest.mark.parametrize("heading", ["About us", "What we offer", "How to apply"])
    def test_what_the_company_says_of_itself_does_not_count(self, heading: str) -> None:
        assert named(f"{heading}\n\nKubernetes, Python and an iPad") == ([], [])

    def test_title_counts(self) -> None:
        assert named("", title="PHP developer (Symfony)") == (["PHP"], ["Symfony"])

    def test_each_is_named_once(self) -> None:
        assert named("Kubernetes. k8s. KUBERNETES.") == ([], ["Kubernetes"])
