"""The vocabulary in the admin, and what it does to filters and insights."""

from __future__ import annotations

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.http import QueryDict
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enrichment import term_counts
from enrichment.models import Concept
from enrichment.pages import insights
from enrichment.vocabulary import current as vocabulary
from enrichment.vocabulary import editing
from enrichment.vocabulary.lookup import Entry
from jobs import facets, filters, listing
from tests.enrichment.vocabulary.test_editing import (
    SeededTestCase,
    concept,
    follow,
    posting_with,
    values,
    words,
)

LIST = reverse("admin:enrichment_concept_changelist")
WORDS = reverse("admin:enrichment_concept_words")


@override_settings(LANGUAGE_CODE="en")
class AdminTests(SeededTestCase):
    root: User

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.root = User.objects.create_superuser("root")

    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.root)

    def change(self, one: Concept, **fields: object) -> str:
        address = reverse("admin:enrichment_concept_change", args=[one.pk])
        data = {
            "name": one.name,
            "words": "\n".join(words(one)),
            "seen": one.edit_number,
            **fields,
        }
        return self.client.post(address, data, follow=True).content.decode()

    def test_list_shows_words_and_counts_at_a_constant_cost(self) -> None:
        posting_with(tools=["JS"])
        term_counts.refresh()
        page = self.client.get(f"{LIST}?q=ecmascript").content.decode()
        assert "JavaScript" in page
        assert "?skill=javascript" in page
        with CaptureQueriesContext(connection) as few:
            self.client.get(f"{LIST}?q=zither")
        with CaptureQueriesContext(connection) as many:
            self.client.get(f"{LIST}?kind__exact=role")
        # Its words, and the counts.
        assert len(many) <= len(few) + 2

    def test_new_word_is_saved_and_those_that_follow_are_told(self) -> None:
        posting = posting_with(tools=["zither"])
        term_counts.refresh()

        page = self.change(concept("Docker"), words="zither\ndocker compose")

        assert "1 posting will follow within minutes." in page
        assert "1 change is on its way" in page
        follow()
        assert values(posting) == {"docker"}
        entry = LogEntry.objects.get()
        assert (entry.object_repr, entry.user) == ("Docker", self.root)

    def test_word_of_another_concept_is_told_at_its_field(self) -> None:
        page = self.change(concept("Docker"), words="k8s")
        assert "“k8s” leads to Kubernetes already." in page
        assert not LogEntry.objects.exists()

    def test_form_that_somebody_else_overtook_changes_nothing(self) -> None:
        docker = concept("Docker")
        page = self.change(docker, seen=docker.edit_number + 1, words="zither")
        assert "Somebody else has changed it meanwhile" in page
        assert "zither" not in words(docker)
        assert not LogEntry.objects.exists()

    def test_concept_is_added_and_deleted(self) -> None:
        address = reverse("admin:enrichment_concept_add")
        data = {"kind": "skill", "name": "Zither", "words": "citer"}
        self.client.post(address, data)
        zither = concept("Zither")
        assert words(zither) == {"Zither", "citer"}

        address = reverse("admin:enrichment_concept_delete", args=[zither.pk])
        assert self.client.get(address).status_code == 200
        self.client.post(address, {"post": "yes"})
        assert not Concept.objects.filter(name="Zither").exists()

    def test_code_without_scheme_is_told(self) -> None:
        page = self.change(concept("Docker"), code="1.2")
        assert "Say what classification the code is of." in page

    def test_merging_asks_first_and_then_does_it(self) -> None:
        posting = posting_with(tools=["React", "Svelte"])
        term_counts.refresh()
        react, svelte = concept("React"), concept("Svelte")
        data = {"action": "merge", "_selected_action": [react.pk, svelte.pk]}

        asked = self.client.post(LIST, data).content.decode()
        assert "Which one stays?" in asked
        assert Concept.objects.filter(pk=svelte.pk).exists()

        chosen = {**data, "confirm": "1", "into": react.pk}
        page = self.client.post(LIST, chosen, follow=True).content.decode()
        assert "Merged into React: Svelte." in page
        assert "1 posting will follow" in page
        follow()
        assert values(posting) == {"react"}
        assert LogEntry.objects.get().change_message == "Merged into React: Svelte."

    def test_merging_into_one_by_name(self) -> None:
        svelte = concept("Svelte")
        data = {"action": "merge", "_selected_action": [svelte.pk], "confirm": "1"}
        page = self.client.post(LIST, {**data, "other": "no such"}, follow=True)
        assert "There is no “no such”." in page.content.decode()

        self.client.post(LIST, {**data, "other": "reactjs"})
        assert "Svelte" in words(concept("React"))

    def test_unknown_words_are_adopted_by_one_click(self) -> None:
        posting_with(tools=["zither", "lute", "Python"], title="Zoo keeper")
        term_counts.refresh()
        page = self.client.get(WORDS).content.decode()
        assert "zither" in page
        assert ">python<" not in page
        assert "zoo keeper" in self.client.get(f"{WORDS}?kind=role").content.decode()

        self.client.post(WORDS, {"word": "zither", "own": "1"})
        data = {"word": "lute", "of": "zither", "alias": "1"}
        page = self.client.post(WORDS, data, follow=True).content.decode()

        assert "“lute” leads to Zither now." in page
        assert words(concept("Zither")) == {"Zither", "lute"}
        assert LogEntry.objects.count() == 2
        self.client.post(f"{WORDS}?kind=role", {"word": "zoo keeper", "own": "1"})
        assert concept("Zoo keeper", "role").name

    def test_word_that_is_no_word_or_of_nobody_is_told(self) -> None:
        page = self.client.post(WORDS, {"word": "lute", "of": "zither"}, follow=True)
        assert "There is no “zither”." in page.content.decode()
        page = self.client.post(WORDS, {"word": "?!", "own": "1"}, follow=True)
        assert "has no letter" in page.content.decode()
        assert self.client.get(f"{WORDS}?kind=other").status_code == 404

    def test_only_who_may_change_it_sees_the_words(self) -> None:
        self.client.force_login(User.objects.create_user("eve", is_staff=True))
        for address in (WORDS, LIST):
            assert self.client.get(address).status_code == 403


class UseTests(SeededTestCase):
    def test_aliases_are_one_in_filters_facets_and_insights(self) -> None:
        posting_with(tools=["JS"], title="front-end ontwikkelaar")
        posting_with(tools=["JavaScript"], title="Développeur front-end")
        posting_with(tools=["powerbi"], title="Frontend Developer")
        term_counts.refresh()

        chosen = filters.read(QueryDict("skill=js"))
        assert chosen.pairs == (("skill", "javascript"),)
        assert listing.find(chosen, listing.Position()).count == 2
        offered = {
            one.name: [(chip.label, chip.count) for chip in one.chips]
            for one in facets.Offer(chosen=filters.Filters()).facets
        }
        assert offered["skill"] == [("JavaScript", 2), ("Power BI", 1)]
        assert offered["role"] == [("Frontend Developer", 3)]
        rows = list(insights.table("role"))
        assert rows[1:] == [["Frontend Developer", 3, 100]]
        assert next(iter(insights.table("skill")))[0] == "Skills"

    def test_alias_that_is_searched_for_offers_its_concept(self) -> None:
        posting_with(tools=["Kubernetes"], title="Backend engineer")
        term_counts.refresh()
        chosen = filters.read(QueryDict("q=k8s+ghent"))
        (chip,) = facets.Offer(chosen=chosen).suggestions
        assert (chip.label, chip.query) == ("Kubernetes", "?q=ghent&skill=kubernetes")
        chosen = filters.read(QueryDict("q=back-end+ontwikkelaar"))
        (chip,) = facets.Offer(chosen=chosen).suggestions
        assert (chip.label, chip.query) == (
            "Backend Developer",
            "?role=backend+developer",
        )

    def test_a_request_reads_the_mark_once_and_words_when_it_changed(self) -> None:
        vocabulary.current()
        vocabulary.expire()
        with self.assertNumQueries(1):
            vocabulary.current()
            vocabulary.current()
        editing.add(Entry(kind="skill", name="Zither"))
        vocabulary.expire()
        with self.assertNumQueries(2):
            assert vocabulary.current().name("skill", "zither") == "Zither"
