"""Title, field of work, place, language, perks and summaries."""

from __future__ import annotations

import pytest

from tests.enrichment.offline.texts import facts


class TestTitle:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ("Welder (m/f/x)", "Welder"),
            ("Développeur PHP (H/F/X)", "Développeur PHP"),
            ("Lasser m/v/x - 32-40 uur", "Lasser"),
            ("Verpleegkundige (24 uur per week)", "Verpleegkundige"),
            ("Vacature: Kok", "Kok"),
            ("Data engineer | Full-time", "Data engineer"),
            ("Account manager - Moerlicht", "Account manager"),
            ("Account manager Gent", "Account manager"),
            ("Backend engineer (Python)", "Backend engineer (Python)"),
            ("Accountant - tax", "Accountant - tax"),
            ("(m/v/x)", "(m/v/x)"),
            ("Cook Date posted: 2024-01-02 Likes: 0", "Cook Date posted: 2024-01-02 Likes: 0"),
            ("Pastry cook  Date posted: 2024-01-02", "Pastry cook"),
        ],
    )  # fmt: skip
    def test_is_only_the_title(self, given: str, expected: str) -> None:
        found = facts("", title=given, company="Moerlicht", location="Gent, Belgium")

        assert found.title == expected


class TestRoleFamily:
    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ("Backend developer", "software"),
            ("Softwareontwikkelaar", "software"),
            ("Data engineer", "data"),
            ("Systeembeheerder", "it_operations"),
            ("Wijkverpleegkundige", "healthcare"),
            ("Infirmier de nuit", "healthcare"),
            ("Magazijnmedewerker", "logistics"),
            ("Chauffeur-livreur", "logistics"),
            ("Comptable", "finance"),
            ("HR Business Partner", "human_resources"),
            ("Institutrice primaire", "education"),
            ("Commis de cuisine", "hospitality"),
            ("Aide-ménagère", "cleaning_facilities"),
            ("Nachtlasser", "manufacturing"),
            ("Oneiromancer", "other"),
        ],
    )
    def test_title_tells(self, title: str, expected: str) -> None:
        assert facts("", title=title).role_family == expected

    def test_text_tells_where_the_title_does_not(self) -> None:
        text = "The nurse works with two nurses. Each nurse has a nurse as mentor."

        assert facts(text, title="Come and join us").role_family == "healthcare"


class TestLocation:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ("Ghent, Belgium", ("Ghent", None, "Belgium")),
            ("Eindhoven, The Netherlands", ("Eindhoven", None, "The Netherlands")),
            ("Namur (Jambes)", ("Namur", None, None)),
            ("Bolsward (Friesland)", ("Bolsward", "Friesland", None)),
            ("Lille (59), France", ("Lille", None, "France")),
            ("'s-Hertogenbosch", ("'s-Hertogenbosch", None, None)),
            ("Remote (United Kingdom)", (None, None, "United Kingdom")),
            ("Roermond / regio Limburg", ("Roermond", "Limburg", None)),
            ("12 Long Street, Leeds", ("Leeds", None, None)),
            ("Remote", None),
            ("", None),
        ],
    )
    def test_is_as_the_posting_names_it(
        self, given: str, expected: tuple[str | None, ...] | None
    ) -> None:
        found = facts("A job.", location=given).location

        assert (found and (found.city, found.region, found.country)) == expected

    def test_labelled_line_serves_where_the_field_is_empty(self) -> None:
        found = facts("Standplaats: Gouda").location

        assert found is not None
        assert found.city == "Gouda"


class TestPostingLanguage:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("We are looking for a cook who likes to work at night.", "en"),
            ("Wij zoeken een kok die graag in de avond werkt.", "nl"),
            ("Nous cherchons un cuisinier pour le soir.", "fr"),
            ("Wir suchen einen Koch für die Küche.", "de"),
            ("Buscamos un cocinero para el restaurante con experiencia.", "other"),
            ("Bel ons.", "nl"),
            ("", "other"),
        ],
    )
    def test_small_words_tell(self, text: str, expected: str) -> None:
        assert facts(text).posting_language == expected


class TestPerk:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("What we offer\n- Meal vouchers and a company car", ["Meal vouchers", "company car"]),
            ("Wij bieden\n- Maaltijdcheques en een laptop", ["Maaltijdcheques", "laptop"]),
            ("Notre offre\n- Chèques-repas, assurance groupe", ["Chèques-repas", "assurance groupe"]),
            ("Requirements\n- You take part in training", []),
            ("Your job\n- You sell hospitalisation insurance", []),
            ("Onze klanten krijgen korting.", []),
        ],
    )  # fmt: skip
    def test_only_what_is_offered(self, text: str, expected: list[str]) -> None:
        assert facts(text).perks == expected


class TestSummary:
    TEXT = (
        "Moerlicht makes lamps for gardens.\n\n"
        "As a lamp fitter you assemble lamps with two colleagues. Amazing, right?\n\n"
        "Your tasks\n- Assemble lamps from parts\n- Test each lamp twice\n\n"
        "What we offer\n- A permanent contract of 38 hours"
    )

    def test_short_one_is_a_sentence_of_the_text(self) -> None:
        found = facts(self.TEXT, title="Lamp fitter").summary_short

        assert found.en == "As a lamp fitter you assemble lamps with two colleagues."

    def test_long_one_has_three_to_five_sentences_of_the_text(self) -> None:
        found = facts(self.TEXT, title="Lamp fitter").summary_long.en
        sentences = found.removesuffix(".").split(". ")

        assert 3 <= len(sentences) <= 5
        assert all(sentence in self.TEXT for sentence in sentences)

    def test_only_the_language_of_the_posting_is_filled(self) -> None:
        found = facts("Wij zoeken een lasser voor onze werf in Gent.")

        assert found.summary_short.nl
        assert found.summary_short.en == found.summary_short.fr == ""

    def test_other_languages_have_none(self) -> None:
        found = facts("Wir suchen einen Koch für die Küche und das Hotel.")

        assert found.summary_short.model_dump() == {"en": "", "nl": "", "fr": ""}
