"""Job postings: what the site shows and what the model reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enrichment.llm.posting import PostingText
from enrichment.models import Enrichment

# What the content hash is of.
TEXT_FIELDS = frozenset({"title", "company", "location", "description"})


class JobPostingQuerySet(models.QuerySet["JobPosting"]):
    def bulk_create(
        self, objs: Iterable[JobPosting], *args: Any, **kwargs: Any
    ) -> list[JobPosting]:
        """As Django's, with the content hash set and an enrichment row for each posting."""
        postings = list(objs)
        for posting in postings:
            posting.content_hash = posting.text.content_hash
        with transaction.atomic(using=self.db):
            created = super().bulk_create(postings, *args, **kwargs)
            if kwargs.get("ignore_conflicts") or kwargs.get("update_conflicts"):
                # Which rows are new isn't known here: the sweeper adopts them.
                return created
            Enrichment.objects.using(self.db).adopt_postings(created)
        return created


class JobPosting(models.Model):
    """One vacancy as a source published it; (`source`, `external_id`) names it.

    `description` is plain text, for people and for the model. Where the source gave HTML,
    `description_html` keeps it as it came; it is never shown unescaped.
    """

    source = models.CharField(_("source"), max_length=100, default="import")
    external_id = models.CharField(_("external id"), max_length=500)
    title = models.CharField(_("title"), max_length=500)
    company = models.CharField(_("company"), max_length=300, blank=True)
    location = models.CharField(_("location"), max_length=300, blank=True)
    description = models.TextField(_("description"))
    description_html = models.TextField(
        _("description as HTML"),
        blank=True,
        help_text=_("The original, where the source gave HTML."),
    )
    url = models.URLField(_("address"), max_length=2000, blank=True)
    posted_at = models.DateTimeField(_("posted at"), null=True, blank=True)
    priority = models.SmallIntegerField(
        _("priority"), default=0, help_text=_("Higher is enriched first.")
    )
    # As `jobs/importing/given.py` makes it. No part of the text: it changes no hash.
    given = models.JSONField(
        _("given by the employer"), null=True, blank=True, editable=False
    )
    content_hash = models.CharField(
        _("content hash"), max_length=64, editable=False, db_index=True
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects: ClassVar[JobPostingQuerySet] = JobPostingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("job posting")
        verbose_name_plural = _("job postings")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="posting_unique_in_source"
            ),
        ]
        indexes = [
            # Lists of one source, the newest first.
            models.Index(fields=["source", "-id"], name="posting_by_source"),
            models.Index(fields=["posted_at"], name="posting_by_date"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the content hash, and the enrichment's row, in step with the text."""
        self.content_hash = self.text.content_hash
        fields = kwargs.get("update_fields")
        if fields:
            kwargs["update_fields"] = {*fields, "updated_at"}
            # The hash is of all four together, and stays away from a text that isn't
            # written: another process may have changed that one.
            if not TEXT_FIELDS.isdisjoint(fields):
                kwargs["update_fields"] |= {*TEXT_FIELDS, "content_hash"}
        with transaction.atomic():
            super().save(*args, **kwargs)
            Enrichment.objects.adopt_postings([self])
            Enrichment.objects.posting_changed([self])

    def get_absolute_url(self) -> str:
        return reverse("jobs:job-detail", args=[self.pk])

    @property
    def text(self) -> PostingText:
        """What the model reads of it."""
        return PostingText(
            title=self.title,
            company=self.company,
            location=self.location,
            description=self.description,
        )
