"""The forms before an import and an export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from import_export.forms import (
    ImportForm,
    SelectableFieldsExportForm,
)

from jobs.exchange import columns

if TYPE_CHECKING:
    UploadBase = forms.Form

    class ColumnsBase(forms.Form):
        def __init__(self, formats: Any, resources: Any, *, data: Any) -> None: ...
else:
    UploadBase = ImportForm
    ColumnsBase = SelectableFieldsExportForm

MEGABYTE = 1024 * 1024
# More is for `manage.py import_jobs`, which takes any file at the same memory.
MOST_MEGABYTES = 10


class UploadForm(UploadBase):
    def clean_import_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["import_file"]
        if (file.size or 0) > MOST_MEGABYTES * MEGABYTE:
            raise forms.ValidationError(
                _(
                    "The file is larger than %(most)d MB. Import it on the server instead, "
                    "with: manage.py import_jobs FILE"
                )
                % {"most": MOST_MEGABYTES}
            )
        return file


class ColumnsForm(ColumnsBase):
    """Which columns go out, and in which format."""

    def _init_formats(self, offered: Sequence[Any]) -> None:
        """The first one is chosen, until a person chooses another."""
        field: Any = self.fields["format"]
        field.choices = [(str(i), one().get_title()) for i, one in enumerate(offered)]

    def _get_field_label(self, _resource: Any, field_name: str) -> str:
        return columns.label(field_name)

    @property
    def media(self) -> forms.Media:
        """None of its scripts: all that the form does, HTML does."""
        return forms.Media()

    @property
    def chosen(self) -> list[str]:
        names: list[str] = self.get_selected_resource_export_fields()  # type: ignore[attr-defined]
        return [name for name in columns.COLUMNS if name in names]

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [
            field
            for field in self.visible_fields()
            if isinstance(field.field, forms.BooleanField)
        ]
