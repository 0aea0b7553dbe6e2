"""The vocabulary: which words are one, to be edited while everything runs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from enrichment.admin.base import AdminBase
from enrichment.admin.concept_form import ConceptForm
from enrichment.admin.vocabulary_pages import MergeMixin, UnknownMixin
from enrichment.models import Alias, Concept, TermCount
from enrichment.paging import CappedPaginator
from enrichment.templatetags.enrichment_text import number
from enrichment.vocabulary import editing, following
from enrichment.vocabulary.editing import VocabularyError
from enrichment.vocabulary.folding import fold

SHOWN_WORDS = 8


class ConceptChangeList(ChangeList):
    """With how many postings have each, in one statement for the page."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        found: Any = list(self.result_list)
        counts = {
            (kind, value): count
            for kind, value, count in TermCount.objects.filter(
                kind__in={one.kind for one in found},
                value__in=[one.key for one in found],
            ).values_list("kind", "value", "count")
        }
        for one in found:
            one.postings = counts.get((one.kind, one.key))
        self.result_list = found


@admin.register(Concept)
class ConceptAdmin(MergeMixin, UnknownMixin, AdminBase):
    form = ConceptForm
    actions = ("merge",)
    change_list_template = "admin/enrichment/concept/change_list.html"
    list_display = ("name", "kind", "other_words", "postings", "classified")
    list_filter = (
        ("kind", admin.ChoicesFieldListFilter),
        ("scheme", admin.ChoicesFieldListFilter),
    )
    fields = ("kind", "name", "words", *("scheme", "code", "uri", "note"), "seen")
    search_fields = ("name", "aliases__word")
    search_help_text = gettext_lazy("Search by name or by any word that leads to it.")
    # Skills first, then roles.
    ordering = ("-kind", "key")
    sortable_by: ClassVar[tuple[str, ...]] = ()
    list_per_page = 100
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.unknown_view)
        own = [path("words/", view, name="enrichment_concept_words")]
        return [*own, *super().get_urls()]

    def get_changelist(
        self, request: HttpRequest, **kwargs: Any
    ) -> type[ConceptChangeList]:
        return ConceptChangeList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        words = Prefetch("aliases", queryset=Alias.objects.order_by("pk"))
        return super().get_queryset(request).prefetch_related(words)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"following": following.waiting(), **(extra_context or {})}
        return super().changelist_view(request, context)

    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """What somebody else did between the form's check and the change is told too."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except VocabularyError as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(
        self,
        request: HttpRequest,
        obj: Any,
        form: Any,
        change: bool,  # noqa: FBT001
    ) -> None:
        entry = form.entry
        if change:
            seen = form.cleaned_data.get("seen")
            changed = editing.save(obj, entry, seen=-1 if seen is None else seen)
        else:
            changed = editing.add(entry)
            obj.pk = changed.concept.pk
        self.tell_followers(request, changed)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.tell_followers(request, *editing.delete([obj.pk]))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        ids = queryset.values_list("pk", flat=True)
        self.tell_followers(request, *editing.delete(ids))

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Its words go with it, and ask for no right of their own."""
        shown = [str(one) for one in objs[:100]]
        return shown, {str(Concept._meta.verbose_name_plural): len(objs)}, set(), []

    @admin.display(description=gettext_lazy("other words"))
    def other_words(self, concept: Concept) -> str:
        own = fold(concept.name)
        words = [one.word for one in concept.aliases.all() if one.folded != own]
        more = ", …" if len(words) > SHOWN_WORDS else ""
        return ", ".join(words[:SHOWN_WORDS]) + more

    @admin.display(description=gettext_lazy("postings"), empty_value="-")
    def postings(self, concept: Any) -> Any:
        if concept.postings is None:
            return None
        address = reverse("jobs:job-list")
        query = {concept.kind: concept.key}
        return format_html(
            '<a href="{}?{}">{}</a>',
            address,
            urlencode(query),
            number(concept.postings),
        )

    @admin.display(description=gettext_lazy("code"))
    def classified(self, concept: Concept) -> str:
        return f"{concept.get_scheme_display()} {concept.code}".strip()
