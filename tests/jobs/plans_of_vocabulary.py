"""The vocabulary on the same 30,000 postings: its pages, and terms that follow a change."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.urls import reverse

from enrichment import term_counts
from enrichment.models import Concept, Term
from enrichment.vocabulary import editing, following, seeding
from enrichment.vocabulary.lookup import Entry
from tests.builders import words_settle


class VocabularyPlans:
    """For the test case that has the postings."""

    assert_lean: Any
    assert_page_is_lean: Any

    def test_vocabulary_in_the_admin(self) -> None:
        seeding.ensure()
        term_counts.refresh()
        page = reverse("admin:enrichment_concept_changelist")
        words = reverse("admin:enrichment_concept_words")
        for address in (page, f"{page}?q=js", words, f"{words}?kind=role"):
            self.assert_page_is_lean(address, sorts=True)

    def test_terms_that_follow_the_vocabulary(self) -> None:
        seeding.ensure()
        python = Concept.objects.get(kind="skill", name="Python")
        editing.adopt("skill", "Skill 17", into=python)
        editing.add(Entry(kind="role", name="Data Developer 7"))
        welding = Concept.objects.get(kind="skill", name="Welding")
        editing.merge([welding.pk], into=python.pk)
        assert Term.objects.filter(kind="skill", value="skill 17").exists()
        words_settle()

        self.assert_lean(partial(following.follow, seconds=60), sorts=True)

        gone = Term.objects.filter(kind="skill", value__in=["skill 17", "welding"])
        assert not gone.exists()
