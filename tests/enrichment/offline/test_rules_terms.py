"""Terms of the job: contract, hours, who posts it, and from where one works."""

from __future__ import annotations

import pytest

from tests.enrichment.offline.texts import facts


class TestContract:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("We offer a permanent contract.", "permanent"),
            ("Je krijgt een vast contract.", "permanent"),
            ("Un CDI à temps plein.", "permanent"),
            ("A contract for one year with a view to a permanent post.", "fixed_term"),
            ("Een jaarcontract met uitzicht op vast.", "fixed_term"),
            ("Contract: 7 maanden, daarna vast.", "fixed_term"),
            ("CDD de 4 mois, évolution possible en CDI.", "fixed_term"),
            ("A temporary agency contract, phase A.", "temporary_agency"),
            ("Interim met optie vast.", "temporary_agency"),
            ("Un contrat intérimaire à la semaine.", "temporary_agency"),
            ("This is a freelance mission of nine months.", "freelance"),
            ("Opdracht voor een zzp'er.", "freelance"),
            ("Employee or self-employed, as you prefer.", None),
            ("A fair chance of a permanent contract.", None),
            ("Come and work with us.", None),
        ],
    )
    def test_is_as_the_text_says(self, text: str, expected: str | None) -> None:
        assert facts(text).contract_type == expected

    @pytest.mark.parametrize(
        "title", ["Marketing intern", "Stage webredactie", "Stage en communication"]
    )
    def test_intern_has_an_internship(self, title: str) -> None:
        found = facts("Write with us.", title=title)

        assert found.contract_type == "internship"
        assert found.employment_types == ["INTERN"]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("A full-time position.", ["FULL_TIME"]),
            ("Voltijds of deeltijds.", ["FULL_TIME", "PART_TIME"]),
            ("Horaire : mi-temps.", ["PART_TIME"]),
            ("40 hours a week.", ["FULL_TIME"]),
            ("24 tot 32 uur per week.", ["PART_TIME"]),
            ("32-40 uur per week.", ["FULL_TIME", "PART_TIME"]),
            ("0,6 tot 0,9 fte", ["PART_TIME"]),
            ("38 heures par semaine", ["FULL_TIME"]),
            ("Two years of full-time experience.", []),
            ("We answer within 24 hours.", []),
        ],
    )
    def test_hours(self, text: str, expected: list[str]) -> None:
        assert facts(text).employment_types == expected


class TestSourcing:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("On behalf of our client we are looking for a welder.", "agency"),
            ("Voor een opdrachtgever in Gent zoeken we een lasser.", "agency"),
            ("Nous recrutons pour un de nos clients.", "agency"),
            ("No agencies, please.", "direct"),
            ("Acquisitie stellen we niet op prijs.", "direct"),
            ("A recruiter for our own team.", "direct"),
            ("Welders wanted.", None),
        ],
    )
    def test_is_as_the_text_says(self, text: str, expected: str | None) -> None:
        assert facts(text).sourcing == expected

    def test_company_that_speaks_for_itself_is_direct(self) -> None:
        text = "Brouwerij Zandhaas brouwt acht bieren. Wij zoeken een brouwer."

        assert facts(text, company="Brouwerij Zandhaas").sourcing == "direct"

    def test_agency_is_known_by_its_name(self) -> None:
        assert facts("Bel ons.", company="Uitzendbureau Vlug").sourcing == "agency"


class TestRemote:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("This is a fully remote position.", "remote"),
            ("100% remote, from any country.", "remote"),
            ("We are a remote-first company.", "remote"),
            ("Je werkt volledig op afstand.", "remote"),
            ("100 % télétravail possible.", "remote"),
            ("Two days a week from home.", "hybrid"),
            ("Hybrid: Tuesdays in Utrecht.", "hybrid"),
            ("Drie dagen thuiswerk per week.", "hybrid"),
            ("Deels thuis, deels bij ons.", "hybrid"),
            ("Deux jours de télétravail par semaine.", "hybrid"),
            ("On-site work: the line is here.", "on_site"),
            ("Working from home isn't possible.", "on_site"),
            ("Dit werk kan niet vanuit huis.", "on_site"),
            ("Le poste s'exerce exclusivement sur site.", "on_site"),
            ("On-site gym and a home office allowance.", None),
            ("You know hybrid cloud and remote monitoring.", None),
            ("We visit customers at home.", None),
            ("Possibilité de loger sur place.", None),
        ],
    )
    def test_is_as_the_text_says(self, text: str, expected: str | None) -> None:
        assert facts(text).remote_policy == expected

    @pytest.mark.parametrize(
        ("place", "expected"),
        [
            ("Remote (Ireland)", "remote"),
            ("Gent (hybride)", "hybrid"),
            ("Lyon, télétravail possible", "hybrid"),
            ("Gent", None),
        ],
    )
    def test_location_tells_too(self, place: str, expected: str | None) -> None:
        assert facts("A job.", location=place).remote_policy == expected

    def test_days_in_the_office_qualify_a_place_on_site(self) -> None:
        text = "On-site work. One day a week from home is fine."

        assert facts(text).remote_policy == "hybrid"
