"""The names that skills, roles and perks go by, and which other words lead to each.

Rows change by `enrichment/vocabulary/editing.py` alone, so that the terms follow.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ConceptKind(models.TextChoices):
    SKILL = "skill", _("skill")
    ROLE = "role", _("role")
    PERK = "perk", _("perk")


class Scheme(models.TextChoices):
    ESCO = "esco", "ESCO"
    ONET = "onet", "O*NET"
    OTHER = "other", _("other")


class Concept(models.Model):
    """One thing under one name. `key` is what terms hold: the name in lower case."""

    kind = models.CharField(_("kind"), max_length=8, choices=ConceptKind.choices)
    name = models.CharField(_("name"), max_length=100)
    key = models.CharField(max_length=100, editable=False)
    scheme = models.CharField(
        _("scheme"),
        max_length=8,
        choices=Scheme.choices,
        blank=True,
        help_text=_("The classification that the code is of."),
    )
    code = models.CharField(_("code"), max_length=100, blank=True)
    uri = models.CharField(_("URI"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    edit_number = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("vocabulary")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="concept_named_once"),
            models.CheckConstraint(
                name="concept_code_has_scheme",
                condition=Q(code="") | ~Q(scheme=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """A word that leads to a concept, whose own name is one too. `folded` is how it is found."""

    concept = models.ForeignKey(
        Concept, on_delete=models.CASCADE, related_name="aliases"
    )
    kind = models.CharField(max_length=8, choices=ConceptKind.choices)
    word = models.CharField(_("word"), max_length=100)
    folded = models.CharField(max_length=100)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "folded"], name="alias_of_one_concept"
            ),
        ]

    def __str__(self) -> str:
        return self.word


class SeededWord(models.Model):
    """A word that the product brought along once, so that it never brings it again.

    What a person took away, renamed or moved since then stays as that person left it.
    """

    kind = models.CharField(max_length=8, choices=ConceptKind.choices)
    folded = models.CharField(max_length=100)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "folded"], name="word_brought_once"
            ),
        ]

    def __str__(self) -> str:
        return self.folded


class VocabularyState(models.Model):
    """The one row that every change gives another mark, for processes to read anew."""

    mark = models.CharField(max_length=32)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.mark


class VocabularyChange(models.Model):
    """A change that the terms still have to follow, and how far they have.

    Attributes:
        values: pairs of kind and value of terms whose postings are to be indexed anew.
        reached: the posting of the first of them up to which that is done.
        words: folded; terms that these lead somewhere else are yet to be found.
        searched: the value up to which that is done.
    """

    kind = models.CharField(max_length=8, choices=ConceptKind.choices)
    values = models.JSONField(default=list)
    reached = models.BigIntegerField(default=0)
    words = models.JSONField(default=list)
    searched = models.CharField(max_length=100, blank=True)
    due_at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        known: Any = self.values
        return f"{self.kind}: {len(known)} values, {len(self.words)} words"
