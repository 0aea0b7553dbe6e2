"""Postings in the admin: found, filtered and read, at the same cost with a million of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet, URLField
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from enrichment.models import Enrichment
from jobs.models import JobPosting

if TYPE_CHECKING:
    PostingAdminBase = admin.ModelAdmin[JobPosting]
    PostingPaginator = Paginator[JobPosting]
else:
    PostingAdminBase = admin.ModelAdmin
    PostingPaginator = Paginator

LISTED_SOURCES = 30


class MoreThan(int):
    """A number that counting stopped at, written with a plus."""

    def __str__(self) -> str:
        return f"{int(self):,}+"


class CappedPaginator(PostingPaginator):
    """Counts so far and no further: a full count reads the whole table."""

    counted = 10_000

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        found: int = rows[: self.counted + 1].count()
        return MoreThan(self.counted) if found > self.counted else found


class PostingChangeList(ChangeList):
    def get_queryset(self, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        """Without the long columns, which a list doesn't show."""
        rows = super().get_queryset(*args, **kwargs)
        return rows.defer("description", "description_html", "enrichment__facts")


class SourceFilter(admin.SimpleListFilter):
    """The first sources by name, each found with one step in the unique index.

    DISTINCT reads every posting. A source beyond the first ones is reached by its address:
    `?source=name`.
    """

    title = _("source")
    parameter_name = "source"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        sources: list[str] = []
        names = JobPosting.objects.order_by("source").values_list("source", flat=True)
        name = names.first()
        while name is not None and len(sources) < LISTED_SOURCES:
            sources.append(name)
            name = names.filter(source__gt=name).first()
        chosen = self.value()
        if chosen and chosen not in sources:
            sources.append(chosen)
        return [(source, source) for source in sources]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[JobPosting]
    ) -> QuerySet[JobPosting]:
        source = self.value()
        return queryset.filter(source=source) if source else queryset


@admin.register(JobPosting)
class JobPostingAdmin(PostingAdminBase):
    list_display = (
        *("title", "company", "location", "source"),
        *("enrichment_status", "priority", "posted_at"),
    )
    list_filter = (
        ("enrichment__status", admin.ChoicesFieldListFilter),
        SourceFilter,
        "posted_at",
    )
    list_select_related = ("enrichment",)
    list_per_page = 100
    search_fields = ("title", "company", "external_id")
    search_help_text = _("Search by title, company or external id.")
    # By id, which has an index; sorting by another column would sort the table.
    ordering = ("-pk",)
    sortable_by: ClassVar[tuple[str, ...]] = ()
    show_full_result_count = False
    paginator = CappedPaginator
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        URLField: {"assume_scheme": "https"}
    }
    readonly_fields = ("description_html", "content_hash", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("title", "company", "location", "description")}),
        (_("Where it comes from"), {"fields": ("source", "external_id", "url")}),
        (_("When"), {"fields": ("posted_at", "priority", "created_at", "updated_at")}),
        (
            _("Stored by the site"),
            {"classes": ("collapse",), "fields": ("content_hash", "description_html")},
        ),
    )

    def get_changelist(
        self, request: HttpRequest, **kwargs: Any
    ) -> type[PostingChangeList]:
        return PostingChangeList

    @admin.display(description=_("enrichment"), empty_value="-")
    def enrichment_status(self, posting: JobPosting) -> str | None:
        """Nothing for the moment in which a posting has no row yet."""
        try:
            return posting.enrichment.get_status_display()
        except Enrichment.DoesNotExist:
            return None
