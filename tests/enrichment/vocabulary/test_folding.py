"""When two spellings are one word, and what a word or a title leads to."""

from __future__ import annotations

import pytest

from enrichment.vocabulary import seeds
from enrichment.vocabulary.folding import fold, key
from enrichment.vocabulary.lookup import Entry, collected, spans
from enrichment.vocabulary.seeds import builtin


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Power BI", "powerbi"),
        ("Power-BI", "POWER BI"),
        ("Node.js", "NodeJS"),
        ("ＳＱＬ", "sql"),
        ("C♯", "C#"),
        ("Développeur", "developpeur"),
        ("cœur", "coeur"),
        ("TCP/IP", "tcp ip"),
        ("Front\u00adend", "front end"),
        ("React™", "react"),
        ("ASP.NET", "aspnet"),
    ],
)
def test_spellings_of_one_word_are_folded_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_names_that_differ_by_a_sign_alone_stay_apart() -> None:
    names = ["C", "C#", "C++", ".NET", "net", "F#", "F", "Node.js", "Notepad++", "R&D"]
    assert len({fold(name) for name in names}) == len(names)


def test_versions_keep_their_dot() -> None:
    assert fold("Python 3.11") != fold("Python 311")


@pytest.mark.parametrize("text", ["", "!!!", "...", "\u200b", "-"])
def test_text_without_a_word_folds_to_nothing(text: str) -> None:
    assert fold(text) == ""


def test_key_keeps_the_spaces_of_a_name() -> None:
    assert key("  Power   BI\0 ") == "power bi"
    assert key("x" * 300) == "x" * 100


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Frontend Developer", "Frontend Developer"),
        ("front-end ontwikkelaar (m/v/x)", "Frontend Developer"),
        ("Développeur front-end H/F", "Frontend Developer"),
        ("Développeuse senior front-end", "Frontend Developer"),
        ("Développeur·euse front-end", "Frontend Developer"),
        ("Senior .NET Developer", ".NET Developer"),
        ("Medior Java Developer met Kubernetes", "Java Developer"),
        ("Wijkverpleegkundige 24 uur", "Nurse"),
        ("R&D Engineer", "R&D Engineer"),
        ("Data Engineer / Data Scientist", "Data Scientist"),
        ("Chauffeur-livreur", "Delivery Driver"),
        ("Astronaut", ""),
        ("", ""),
        ("/// ???", ""),
    ],
)
def test_longest_role_in_a_title_wins_whatever_its_seniority(
    title: str, role: str
) -> None:
    assert builtin().role(title) == key(role)


def test_field_of_work_says_what_a_bare_title_leaves_open() -> None:
    assert builtin().role("Engineer II") == ""
    assert builtin().role("Engineer II", "software") == "software developer"


def test_role_may_hold_a_word_of_seniority() -> None:
    words = collected("", [("role", "Senior Partner", "seniorpartner")])
    assert words.role("Senior partner, Ghent") == "senior partner"


def test_long_title_costs_no_more_than_its_beginning() -> None:
    assert len(spans("word " * 10_000)) < 400


class TestBuiltin:
    def test_common_aliases_are_one(self) -> None:
        skill = builtin()
        for word, name in {
            "JS": "JavaScript",
            "k8s": "Kubernetes",
            "PowerBI": "Power BI",
            "golang": "Go",
            "apprentissage automatique": "Machine learning",
            "klantenservice": "Customer service",
        }.items():
            assert skill.name("skill", skill.value("skill", word)) == name
        assert skill.value("perk", "maaltijdcheques") == "meal vouchers"

    def test_unknown_word_stays_as_it_is(self) -> None:
        assert builtin().value("skill", "  Zither   Playing ") == "zither playing"
        assert builtin().name("skill", "zither playing") == "zither playing"

    def test_each_word_leads_to_one_concept(self) -> None:
        words = [(kind, folded) for kind, _name, folded in seeds.aliases()]
        assert len(words) == len(set(words))

    def test_every_concept_is_found_by_its_name(self) -> None:
        words = builtin()
        for entry in seeds.concepts():
            assert words.find(entry.kind, entry.name) == key(entry.name), entry.name

    def test_there_are_some_hundred_of_skills_and_roles(self) -> None:
        kinds = [entry.kind for entry in seeds.concepts()]
        assert kinds.count("skill") > 500
        assert kinds.count("role") > 150

    def test_codes_are_those_of_onet(self) -> None:
        coded = [one for one in seeds.concepts() if one.code]
        assert len(coded) > 50
        assert all(one.kind == "role" and one.scheme == "onet" for one in coded)
        assert all(len(one.code) == len("15-1252.00") for one in coded)

    def test_line_whose_name_is_anothers_word_joins_it(self) -> None:
        entry = Entry(kind="skill", name="K8s", words=("k8s", "K-8-S"))
        assert list(entry.folded()) == ["k8s"]
