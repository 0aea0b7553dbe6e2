"""What all the engine's admins have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from enrichment.paging import CappedPaginator

if TYPE_CHECKING:
    AdminBase = admin.ModelAdmin[Model]
else:
    AdminBase = admin.ModelAdmin


class LeanChangeList(ChangeList):
    """Without the long columns, which a list doesn't show."""

    def get_queryset(self, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        rows = super().get_queryset(*args, **kwargs)
        long_columns = getattr(self.model_admin, "list_defer", ())
        return rows.defer(*long_columns) if long_columns else rows


class ReadOnlyAdmin(AdminBase):
    """Rows to look at, newest first, at the same cost with a million of them."""

    list_defer: ClassVar[tuple[str, ...]] = ()
    # By id, which has an index; sorting by another column would sort the table.
    ordering = ("-pk",)
    sortable_by: ClassVar[tuple[str, ...]] = ()
    list_per_page = 100
    show_full_result_count = False
    # Facets count every row for every choice.
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    actions: Sequence[str] | None = None

    def get_changelist(
        self, request: HttpRequest, **kwargs: Any
    ) -> type[LeanChangeList]:
        return LeanChangeList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False
