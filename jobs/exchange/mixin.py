"""Import and export in the admin's list of postings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import ADDITION, CHANGE
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ImportExportMixin

from enrichment.audit import log_once
from enrichment.paging import MoreThan, capped_count
from jobs.exchange import columns, formats
from jobs.exchange.forms import ColumnsForm, UploadForm
from jobs.exchange.resource import PostingResource
from jobs.exchange.storage import PreviewStorage
from jobs.models import JobPosting

if TYPE_CHECKING:
    MixinBase = admin.ModelAdmin[JobPosting]
else:
    MixinBase = ImportExportMixin

# What one answer carries: some 200 MB of CSV.
MOST_EXPORTED = 50_000
CHUNK_ROWS = 500
SHOWN_ROWS = 100


class ExchangeMixin(MixinBase):
    import_export_change_list_template = "admin/jobs/jobposting/change_list.html"
    import_template_name = "admin/jobs/jobposting/import.html"
    resource_classes: ClassVar[list[type]] = [PostingResource]
    import_formats = formats.ALL
    export_formats = formats.ALL
    import_form_class = UploadForm
    tmp_storage_class = PreviewStorage

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    # --- Import -------------------------------------------------------------------------
    def get_import_context_data(self, **_options: Any) -> dict[str, Any]:
        return {"shown": f":{SHOWN_ROWS}", "most_rows": formats.MOST_ROWS}

    def add_data_read_fail_error_to_form(self, form: Any, error: Exception) -> None:
        if not isinstance(error, ValidationError):
            raise error
        form.add_error("import_file", error)

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """The yes after the preview."""
        try:
            response: HttpResponseBase = super().process_import(request, **kwargs)  # type: ignore[misc]
        except FileNotFoundError:
            text = _("The file of this preview is gone. Choose it again.")
            self.message_user(request, text, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:jobs_jobposting_import"))
        return response

    def generate_log_entries(self, result: Any, request: HttpRequest) -> None:
        """One for the file, not one for each row."""
        what = _("Imported a file: %(counts)s") % {"counts": result.counts}
        flag = ADDITION if result.counts.created else CHANGE
        log_once(request.user, JobPosting, flag=flag, what=what)

    def add_success_message(self, result: Any, request: HttpRequest) -> None:
        counts = result.counts
        text = _(
            "Import finished: %(created)d created, %(updated)d updated, "
            "%(unchanged)d unchanged."
        )
        messages.success(
            request,
            text
            % {
                "created": counts.created,
                "updated": counts.updated,
                "unchanged": counts.unchanged,
            },
        )

    # --- Export -------------------------------------------------------------------------
    @admin.action(
        description=gettext_lazy("Export selected jobs"), permissions=["export"]
    )
    def export_selected(
        self, request: HttpRequest, _queryset: QuerySet[JobPosting]
    ) -> HttpResponse:
        """The export's page, for the selected ones or for all that the filter finds."""
        address = reverse("admin:jobs_jobposting_export")
        if request.POST.get("select_across") == "1":
            return HttpResponseRedirect(f"{address}?{request.GET.urlencode()}")
        ids = [
            pk for pk in request.POST.getlist(ACTION_CHECKBOX_NAME) if pk.isdecimal()
        ]
        return HttpResponseRedirect(f"{address}?{urlencode({'id__in': ','.join(ids)})}")

    def export_action(self, request: HttpRequest) -> HttpResponseBase:
        """GET asks for columns and format, POST gives the file."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        offered = self.get_export_formats()  # type: ignore[attr-defined]
        postings = self.get_export_queryset(request)  # type: ignore[attr-defined]
        form = ColumnsForm(offered, self.resource_classes, data=request.POST or None)
        count = capped_count(postings, limit=MOST_EXPORTED)
        is_too_many = isinstance(count, MoreThan)
        if count and not is_too_many and form.is_valid():
            ids = list(postings.values_list("pk", flat=True)[:MOST_EXPORTED])
            chosen = offered[int(form.cleaned_data["format"])]()
            return _file(chosen, _rows(ids, form.chosen), form.chosen)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Export jobs"),
            "opts": self.opts,
            "form": form,
            "count": 0 if is_too_many else count,
            "is_too_many": is_too_many,
            "most": MOST_EXPORTED,
            "media": self.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/jobs/jobposting/export.html", context)


def _rows(ids: Sequence[int], chosen: Sequence[str]) -> Iterator[list[Any]]:
    """Read as they go out, so that memory holds a few of them."""
    rows = JobPosting.objects.select_related("enrichment").defer("description_html")
    for start in range(0, len(ids), CHUNK_ROWS):
        found = rows.in_bulk(ids[start : start + CHUNK_ROWS])
        for pk in ids[start : start + CHUNK_ROWS]:
            if pk in found:
                yield columns.values(found[pk], chosen)


def _file(
    chosen: Any, rows: Iterator[list[Any]], headers: Sequence[str]
) -> StreamingHttpResponse:
    day = timezone.localdate().isoformat()
    name = f"jobs-{day}.{chosen.get_extension()}"
    return StreamingHttpResponse(
        chosen.write(headers, rows),
        content_type=chosen.get_content_type(),
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
