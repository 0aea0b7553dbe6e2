"""What is asked of the candidate: level, years, schooling, languages, skills."""

from __future__ import annotations

import pytest

from tests.enrichment.offline.texts import facts


class TestSeniority:
    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ("Senior Java Developer", "senior"),
            ("Junior accountant", "junior"),
            ("Medior marketeer", "mid"),
            ("Juriste senior", "senior"),
            ("Teamleider magazijn", "lead"),
            ("Engineering Manager", "manager"),
            ("Directeur financier", "director"),
            ("Chief Technology Officer", "executive"),
            ("Trainee HR", "junior"),
            ("Product Manager", None),
            ("Account manager", None),
            ("Lead generation specialist", None),
            ("Internal auditor", None),
            ("Lasser", None),
        ],
    )
    def test_title_tells(self, title: str, expected: str | None) -> None:
        assert facts("", title=title).seniority == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("We are looking for a senior backend developer.", "senior"),
            ("Wij zoeken een medior boekhouder.", "mid"),
            ("Nous recherchons un développeur senior.", None),
            ("As a lead engineer you review designs.", "lead"),
            ("The senior role is based in Ghent.", "senior"),
            ("Dit is een junior functie.", "junior"),
            ("Who we are looking for\n\nSenior developers with nerve.", "senior"),
            ("How we work\n\nSenior developers coach you.", None),
            ("You grow into a senior role.", None),
            ("Experience level: Senior", "senior"),
            ("At least 8 years of experience.", None),
            ("You coach junior developers.", None),
            ("You report to senior management.", None),
            ("You work with the product manager.", None),
        ],
    )
    def test_text_tells_only_in_so_many_words(
        self, text: str, expected: str | None
    ) -> None:
        assert facts(text, title="Developer").seniority == expected


class TestExperience:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("5+ years of experience", (5, None)),
            ("At least two years of experience", (2, None)),
            ("Between 2 and 5 years of experience", (2, 5)),
            ("Up to 2 years of experience", (None, 2)),
            ("Minimaal 5 jaar ervaring", (5, None)),
            ("5 tot 8 jaar ervaring", (5, 8)),
            ("Ervaring: ten minste 3 jaar", (3, None)),
            ("De 3 à 5 ans d'expérience", (3, 5)),
            ("Au moins deux ans d'expérience", (2, None)),
            ("6 months of experience", (0.5, None)),
            ("You are at least 18 years old.", None),
            ("We have 30 years of experience.", None),
            ("A contract for two years.", None),
            ("Je bent minimaal 18 jaar.", None),
            ("Vous avez 16 ans ou plus.", None),
            ("No experience needed.", None),
        ],
    )
    def test_years(self, text: str, expected: tuple[float, float] | None) -> None:
        found = facts(text).experience

        assert (found and (found.min_years, found.max_years)) == expected

    def test_requirement_needs_no_word_for_it(self) -> None:
        found = facts("Requirements\n- 3–5 years as a data engineer").experience

        assert found is not None
        assert (found.min_years, found.max_years) == (3, 5)


class TestEducation:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Bachelor’s or master’s degree", "bachelor"),
            ("A high school diploma", "secondary"),
            ("PhD in physics", "doctorate"),
            ("Mbo 4 of hbo werk- en denkniveau", "vocational"),
            ("Afgeronde wo-master rechten", "master"),
            ("Diploma secundair onderwijs (TSO)", "secondary"),
            ("Bachelier en comptabilité", "bachelor"),
            ("Formation Bac+5", "master"),
            ("CESS technique", "secondary"),
            ("You are a certified scrum master", None),
            ("A high degree of precision", None),
            ("Geen diploma nodig", None),
            ("Aucun diplôme exigé", None),
        ],
    )
    def test_lowest_level(self, text: str, expected: str | None) -> None:
        assert facts(f"Requirements\n- {text}").education == expected

    def test_what_is_taught_is_not_asked_for(self) -> None:
        assert facts("What you do\n- You teach havo and vwo classes").education is None


class TestSpokenLanguage:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Fluent English", [("en", "fluent", True)]),
            ("English at C1, Dutch at B1", [("en", "fluent", True), ("nl", "intermediate", True)]),
            ("Dutch is your mother tongue", [("nl", "native", True)]),
            ("German is a plus", [("de", None, False)]),
            ("Fluent English, French is a plus", [("en", "fluent", True), ("fr", None, False)]),
            ("Spanish, Polish or Greek is a plus", [("es", None, False), ("pl", None, False), ("el", None, False)]),
            ("Je spreekt vlot Nederlands", [("nl", "fluent", True)]),
            ("Een mondje Frans", [("fr", "basic", True)]),
            ("Duits is mooi meegenomen", [("de", None, False)]),
            ("Français courant", [("fr", "fluent", True)]),
            ("L'anglais est un atout", [("en", None, False)]),
            ("Notions de néerlandais", [("nl", "basic", True)]),
            ("Knowledge of Dutch law", []),
            ("Dutch isn't required", []),
        ],
    )  # fmt: skip
    def test_language_level_and_need(
        self, text: str, expected: list[tuple[str, str | None, bool]]
    ) -> None:
        found = facts(f"Requirements\n- {text}").spoken_languages

        assert [
            (each.language, each.level, each.required) for each in found
        ] == expected

    @pytest.mark.parametrize(
        "text",
        [
            "We are a French company with Dutch owners.",
            "What we offer\n- Dutch lessons",
            "Send your CV in English.\n\nHow to apply\n- in English",
        ],
    )
    def test_other_mentions_do_not_count(self, text: str) -> None:
        assert facts(text).spoken_languages == []


class TestSkill:
    def test_sections_tell_must_from_nice(self) -> None:
        found = facts("Must have\n- Project management\n\nNice to have\n- Copywriting")

        assert found.must_have_skills == ["Project management"]
        assert found.nice_to_have_skills == ["Copywriting"]

    @pytest.mark.parametrize(
        "text",
        [
            "Requirements\n- Knowledge of corporate law is a plus",
            "Functie-eisen\n- Kennis van arbeidsrecht is een pre",
            "Votre profil\n- La connaissance du droit public est un atout",
        ],
    )
    def test_wording_tells_must_from_nice(self, text: str) -> None:
        found = facts(text)

        assert found.must_have_skills == []
        assert len(found.nice_to_have_skills) == 1

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Experience with bridge inspection and tide tables", "bridge inspection"),
            ("Je hebt rijbewijs B", "rijbewijs B"),
            ("Kennis van gevelstenen", "gevelstenen"),
            ("Experience with event sourcing and code quality", "event sourcing"),
            ("You know threat modelling and network security", "threat modelling"),
            ("Experience with ferry timetables • Able to swim", "ferry timetables"),
            ("Vous avez le permis B", "permis B"),
        ],
    )
    def test_is_in_the_words_of_the_posting(self, text: str, expected: str) -> None:
        assert expected in facts(f"Requirements\n- {text}").must_have_skills

    @pytest.mark.parametrize(
        "text",
        [
            "About us\n\nWe lead in project management and machine learning.",
            "Equal opportunities\n\nWe welcome all candidates with communication skills.",
            "Requirements\n- No experience with copywriting needed",
            "Requirements\n- Python, SAP and fluent English",
            "Requirements\n- Experience with other similar technologies",
            "Requirements\n- Experience developing things, knowledge of all aspects",
            "Requirements\n\nWe make reasonable accommodations for mental health needs.",
            "You have rights: sales or marketing, regardless of race.",
            "Requirements\n- Mail your application to our recruitment team",
            "Je bent welkom, ongeacht je rijbewijs.",
            "Vous avez le goût de la vente : envoyez votre candidature.",
        ],
    )
    def test_other_mentions_do_not_count(self, text: str) -> None:
        assert facts(text).must_have_skills == []

    def test_must_wins_over_nice(self) -> None:
        found = facts("Must have\n- Scrum\n\nNice to have\n- Scrum")

        assert (found.must_have_skills, found.nice_to_have_skills) == (["Scrum"], [])
