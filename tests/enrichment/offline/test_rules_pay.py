"""The pay: which amounts are it, and which are not."""

from __future__ import annotations

import pytest

from enrichment.offline.rules.pay import salary
from tests.enrichment.offline.texts import reading


def pay(text: str, **over: str) -> tuple[object, ...] | None:
    found = salary(reading(text, **over))
    if found is None:
        return None
    period = found.period and found.period.value
    return found.min, found.max, found.currency, period


class TestStatedPay:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Salary: €3,100 to €4,250 gross per month.", (3100, 4250, "EUR", "month")),
            ("We pay £18.40 an hour.", (18.4, 18.4, "GBP", "hour")),
            ("Pay range: $64,000 - $72,000 a year", (64000, 72000, "USD", "year")),
            ("Salary: 45k-55k per year", (45000, 55000, None, "year")),
            ("Compensation: £75-85K", (75000, 85000, "GBP", "year")),
            ("The rate is €520 per day, excluding VAT.", (520, 520, "EUR", "day")),
            ("Base salary of USD 68 000 per annum", (68000, 68000, "USD", "year")),
        ],
    )
    def test_english(self, text: str, expected: tuple[object, ...]) -> None:
        assert pay(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Salaris: € 3.000 - 4.000 bruto per maand", (3000, 4000, "EUR", "month")),
            ("Je verdient 15,42 euro bruto per uur.", (15.42, 15.42, "EUR", "hour")),
            ("Uurloon tussen 17,90 en 20,60 euro", (17.9, 20.6, "EUR", "hour")),
            (
                "Schaal 9, min. € 2.900 - max. € 4.100 (bruto per maand)",
                (2900, 4100, "EUR", "month"),
            ),
            ("Wat verdien je? 14,80 €/u, elke week.", (14.8, 14.8, "EUR", "hour")),
            ("Bruto jaarsalaris van € 52.000", (52000, 52000, "EUR", "year")),
        ],
    )
    def test_dutch(self, text: str, expected: tuple[object, ...]) -> None:
        assert pay(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "Un salaire entre 2 400 et 2 900 € brut par mois.",
                (2400, 2900, "EUR", "month"),
            ),
            ("Rémunération : 13,40 € brut de l'heure", (13.4, 13.4, "EUR", "hour")),
            ("TJM : 450 à 520 € selon le profil", (450, 520, "EUR", "day")),
            (
                "Salaire annuel de CHF 81 000 à CHF 95 500",
                (81000, 95500, "CHF", "year"),
            ),
            ("Salaire : 12,30 €/h, payé le 5", (12.3, 12.3, "EUR", "hour")),
        ],
    )
    def test_french(self, text: str, expected: tuple[object, ...]) -> None:
        assert pay(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Salary: from £50,000 per year", (50000, None)),
            ("Salary: up to £50,000 per year", (None, 50000)),
            ("Loon vanaf € 2.700 bruto per maand", (2700, None)),
            ("Tarief: tot € 95 per uur", (None, 95)),
            ("Salaire à partir de 2.600 € brut par mois", (2600, None)),
            ("Salaire jusqu'à 3.600 € brut par mois", (None, 3600)),
        ],
    )
    def test_open_end_stays_open(self, text: str, expected: tuple[object, ...]) -> None:
        found = pay(text)

        assert found is not None
        assert found[:2] == expected

    def test_heading_says_what_an_amount_is(self) -> None:
        assert pay("Salary\n\n- €2,900 to €3,300 per month") is not None

    def test_grades_of_one_job_make_one_range(self) -> None:
        text = "Clerk ($41,200+): a diploma.\nSenior Clerk ($52,900): two years."

        assert pay(text, title="Clerk") == (41200, 52900, "USD", "year")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Museum aide ($17.20): two years of college.", None),
            (
                "Museum aide ($17.20 per hour): two years of college.",
                (17.2, 17.2, "USD", "hour"),
            ),
        ],
    )
    def test_small_amount_in_brackets_is_pay_only_with_its_period(
        self, text: str, expected: tuple[object, ...] | None
    ) -> None:
        assert pay(text, title="Museum aide") == expected

    def test_pay_wins_over_what_comes_on_top(self) -> None:
        text = "On call, paid at £300 per week on top.\n\nSalary: £61,000 per year."

        assert pay(text) == (61000, 61000, "GBP", "year")


class TestOtherAmount:
    @pytest.mark.parametrize(
        "text",
        [
            "A bonus of €2,000 per year.",
            "Meal vouchers of €8 per day.",
            "Our turnover is € 31 million a year.",
            "You manage a budget of € 40.000 per month.",
            "A training budget of up to €1,500 a year.",
            "A flat can be rented for €480 per month.",
            "Deals are between $20,000 and $90,000 a year.",
            "The project got a grant of EUR 2.4 million.",
            "Reiskosten: € 0,23 per kilometer.",
            "Een premie van € 250 per jaar zonder schade.",
            "Een bijdrage van € 30 per maand in je zorgverzekering.",
            "Een kamer kost € 118 per week.",
            "Maaltijdcheques van € 8 per dag.",
            "Chèques-repas de 8 € par jour.",
            "Prime de parrainage de 500 €.",
            "Indemnité vélo de 0,36 €/km.",
            "Un chiffre d'affaires de 3,2 millions d'euros par an.",
            "Founded with €5,000 in 1998.",
            "Call 0470 12 34 56 before 17.00.",
            "We have 3,500 employees and 62,000 customers.",
            "Salary: competitive, 38 hours per week.",
        ],
    )
    def test_is_not_the_pay(self, text: str) -> None:
        assert pay(text) is None

    @pytest.mark.parametrize(
        "text",
        [
            "Salary: 1,000,000 EUR per month",
            "Salary: €0.50 per hour",
            "Salaris: € 9.000.000 bruto per jaar",
        ],
    )
    def test_implausible_pay_is_none(self, text: str) -> None:
        assert pay(text) is None

    def test_period_is_not_guessed_for_a_small_amount(self) -> None:
        assert pay("Salary: €1,900 gross") == (1900, 1900, "EUR", None)

    def test_currency_is_not_guessed(self) -> None:
        assert pay("Base of 45k a year") == (45000, 45000, None, "year")
