"""What enriched postings can be found by, and how many have it."""

from __future__ import annotations

from django.db import models

from enrichment.models.enrichments import Enrichment


class TermKind(models.TextChoices):
    """What a term says of a posting. The last ones are for counting alone."""

    ROLE_FAMILY = "role_family"
    SENIORITY = "seniority"
    REMOTE_POLICY = "remote_policy"
    CONTRACT_TYPE = "contract_type"
    EMPLOYMENT_TYPE = "employment_type"
    EDUCATION = "education"
    POSTING_LANGUAGE = "posting_language"
    SPOKEN_LANGUAGE = "spoken_language"
    SKILL = "skill"
    PERK = "perk"
    # By the vocabulary, from the title.
    ROLE = "role"
    # In lower case: by it a change of the vocabulary finds the postings of a role.
    TITLE = "title"
    # Facts with a value that isn't in the text, by their names, and `any` of them.
    NOT_FOUND = "not_found"
    # `salary differs`: from what the employer itself says; `differs`: any of its facts.
    GIVEN = "given"
    # `EUR 40000`: at least so much in a year, one term for each step that is reached.
    SALARY_FROM = "salary_from"
    # `EUR 40000` and `data EUR 40000`: the highest step reached.
    SALARY = "salary"
    ROLE_SALARY = "role_salary"


class Term(models.Model):
    """One posting has one value; `enrichment/terms.py` writes them from its facts.

    The primary key is the index that lists are read from: of one value, by posting.
    """

    pk = models.CompositePrimaryKey("kind", "value", "posting")
    kind = models.CharField(max_length=16, choices=TermKind.choices)
    value = models.CharField(max_length=100)
    posting = models.ForeignKey(
        Enrichment, on_delete=models.CASCADE, related_name="terms"
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class TermCount(models.Model):
    """How many postings have a value, when it was last counted (`enrichment/term_counts.py`).

    The most frequent ones of each kind. Two kinds beside those of `TermKind`: `source` and
    `source_enriched` count postings by their source.
    """

    kind = models.CharField(max_length=16)
    value = models.CharField(max_length=100)
    count = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="term_counted_once"),
        ]
        indexes = [
            models.Index(fields=["kind", "-count", "value"], name="term_most_frequent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}: {self.count}"


class TermCounting(models.Model):
    """The one row that says when terms were counted, how long it took, when to do it again."""

    counted_at = models.DateTimeField(null=True)
    took_ms = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    seen = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"counted at {self.counted_at}"
