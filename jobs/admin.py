"""Postings in the admin: found, filtered and read, at the same cost with a million of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet, URLField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from enrichment.admin.sheet import NOTHING, facts_table
from enrichment.models import Enrichment
from enrichment.paging import CappedPaginator
from jobs import search, sources
from jobs.enrich_action import EnrichActionMixin
from jobs.exchange.mixin import ExchangeMixin
from jobs.models import JobPosting

if TYPE_CHECKING:
    PostingAdminBase = admin.ModelAdmin[JobPosting]
else:
    PostingAdminBase = admin.ModelAdmin

LISTED_SOURCES = sources.LISTED


class PostingChangeList(ChangeList):
    def get_queryset(self, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        """Without the long columns, which a list doesn't show."""
        rows = super().get_queryset(*args, **kwargs)
        return rows.defer(
            *("description", "description_html", "given", "enrichment__facts")
        )


class SourceFilter(admin.SimpleListFilter):
    """The first sources by name; one beyond them is reached by its address: `?source=name`."""

    title = _("source")
    parameter_name = "source"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        names = sources.first(LISTED_SOURCES)
        chosen = self.value()
        if chosen and chosen not in names:
            names.append(chosen)
        return [(name, name) for name in names]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[JobPosting]
    ) -> QuerySet[JobPosting]:
        source = self.value()
        return queryset.filter(source=source) if source else queryset


@admin.register(JobPosting)
class JobPostingAdmin(EnrichActionMixin, ExchangeMixin, PostingAdminBase):
    actions = ("enrich_selected", "enrich_first", "retry_failed", "export_selected")
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
    # Only for the admin to show the field: what is sought, `jobs/search.py` says.
    search_fields = ("title", "company", "location", "external_id")
    search_help_text = _("Search by title, company, location or external id.")
    # By id, which has an index; sorting by another column would sort the table.
    ordering = ("-pk",)
    sortable_by: ClassVar[tuple[str, ...]] = ()
    show_full_result_count = False
    # Facets count every row for every choice.
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        URLField: {"assume_scheme": "https"}
    }
    readonly_fields = (
        *("description_html", "given", "content_hash", "created_at", "updated_at"),
        *("enrichment_status", "enrichment_error", "enrichment_model", "facts"),
    )
    fieldsets = (
        (None, {"fields": ("title", "company", "location", "description")}),
        (
            _("Enrichment"),
            {
                "fields": (
                    *("enrichment_status", "enrichment_error"),
                    *("enrichment_model", "facts"),
                )
            },
        ),
        (_("Where it comes from"), {"fields": ("source", "external_id", "url")}),
        (_("When"), {"fields": ("posted_at", "priority", "created_at", "updated_at")}),
        (
            _("Stored by the site"),
            {
                "classes": ("collapse",),
                "fields": ("given", "content_hash", "description_html"),
            },
        ),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[JobPosting], search_term: str
    ) -> tuple[QuerySet[JobPosting], bool]:
        return search.matching(queryset, search_term), False

    def get_changelist(
        self, request: HttpRequest, **kwargs: Any
    ) -> type[PostingChangeList]:
        return PostingChangeList

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """What hangs on a posting goes with it, and asks for no right of its own."""
        _tree, counts, needed, protected = super().get_deleted_objects(objs, request)
        needed.discard(str(Enrichment._meta.verbose_name))
        shown = [str(posting) for posting in objs[:100]]
        return (
            shown,
            {k: n for k, n in counts.items() if k != "terms"},
            needed,
            protected,
        )

    @admin.display(description=_("enrichment"))
    def enrichment_status(self, posting: JobPosting) -> str:
        enrichment = enrichment_of(posting)
        return enrichment.get_status_display() if enrichment else NOTHING

    @admin.display(description=_("error"))
    def enrichment_error(self, posting: JobPosting) -> str:
        enrichment = enrichment_of(posting)
        if enrichment is None or not enrichment.error_kind:
            return NOTHING
        return f"{enrichment.get_error_kind_display()}: {enrichment.error_message}"

    @admin.display(description=_("model"))
    def enrichment_model(self, posting: JobPosting) -> str:
        enrichment = enrichment_of(posting)
        call = enrichment.call if enrichment else None
        return (call.reported_model or call.model) if call else NOTHING

    @admin.display(description=_("facts"))
    def facts(self, posting: JobPosting) -> str:
        enrichment = enrichment_of(posting)
        return facts_table(enrichment) if enrichment else NOTHING


def enrichment_of(posting: JobPosting) -> Enrichment | None:
    """None for the moment in which a posting has no row yet, and while one is added."""
    try:
        return posting.enrichment
    except Enrichment.DoesNotExist:
        return None
