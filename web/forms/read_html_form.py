"""From the fields of a web page to the answers of a form, with or without JavaScript."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import FileStorage, MultiDict

from engine.definitions.form import Form
from engine.definitions.form.components import Group, Input, RowList
from engine.definitions.form.level import Level
from web.forms.posted_form import Intent, PostedForm, Upload, mentions
from web.forms.row_buttons import press

_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,20})?\Z", re.ASCII)
_NOT_IN_NUMBERS = re.compile(r"[\s,，_]")
_NOT_IN_CODES = re.compile(r"[\s-]")
_MOST_UPLOADS = 30


def read_html_form(
    form: Form, posted: MultiDict[str, str], files: MultiDict[str, FileStorage], context: Mapping[str, Any]
) -> PostedForm:
    """Wrong values are kept for the form to name; what is hidden, read-only or computed by now is dropped."""
    reader = _Reader(posted, files)
    answers = reader.level(form.level, path="")
    pressed = press(form, posted, answers=answers, context=context)
    uploads = tuple(upload for upload in reader.uploads if mentions(answers, upload.mark))
    return PostedForm(
        answers=form.prune(answers, context),
        intent="redraw" if pressed else _intent(posted),
        uploads=uploads,
        removed_documents=tuple(held for held in reader.documents if not mentions(answers, held)),
    )


def _intent(posted: MultiDict[str, str]) -> Intent:
    if "_draft" in posted or "_save" in posted:
        return "draft"
    return "redraw" if "_refresh" in posted else "submit"


class _Reader:
    def __init__(self, posted: MultiDict[str, str], files: MultiDict[str, FileStorage]) -> None:
        self.posted = posted
        self.files = files
        self.uploads: list[Upload] = []
        self.documents: list[str] = []

    def level(self, level: Level, *, path: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, member in level.members.items():
            here, component = f"{path}{key}", member.component
            if isinstance(component, Input) and not component.is_always_readonly:
                found[key] = self._value(component, here, field=f"{level.path}{key}")
            elif isinstance(component, Group) and member.level:
                found[key] = self.level(member.level, path=f"{here}.")
            elif isinstance(component, RowList) and member.level and f"{here}[#]" in self.posted:
                found[key] = self._rows(component, member.level, here)
        return found

    def _rows(self, component: RowList, level: Level, here: str) -> list[dict[str, Any]]:
        """One row too many is read as well, so that the form can say that it is one too many."""
        said = self.posted.get(f"{here}[#]", "0")
        count = min(int(said), component.max_rows + 1) if said.isascii() and said.isdigit() else 0
        return [self.level(level, path=f"{here}[{n}].") for n in range(count)]

    def _value(self, component: Input, name: str, *, field: str) -> Any:
        match component.kind:
            case "flag":
                return name in self.posted
            case "choices":
                return [value for value in self.posted.getlist(name) if value]
            case "files":
                return self._documents(component, name, field=field)
            case "number":
                return _number(self.posted.get(name, ""))
        return _text(component, self.posted.get(name, ""))

    def _documents(self, component: Input, name: str, *, field: str) -> list[str]:
        """Documents that are there already, then marks for the new files; where one fits, the new one replaces it."""
        held = [value for value in self.posted.getlist(name) if value]
        fresh = [upload for upload in (self._upload(f, name, field) for f in self.files.getlist(name)) if upload]
        self.documents += held
        if fresh and component.files and component.files.max_count == 1:
            held = []
        return held + [upload.mark for upload in fresh]

    def _upload(self, file: FileStorage, name: str, field: str) -> Upload | None:
        if not file.filename or len(self.uploads) >= _MOST_UPLOADS:
            return None
        upload = Upload(
            path=name,
            field=field,
            mark=f"upload:{len(self.uploads)}",
            filename=file.filename,
            media_type=file.mimetype or "application/octet-stream",
            content=file.read(),
        )
        self.uploads.append(upload)
        return upload


def _number(typed: str) -> Decimal | str | None:
    """Full-width digits and thousands separators are fine; what is no number stays as it was typed."""
    plain = _NOT_IN_NUMBERS.sub("", unicodedata.normalize("NFKC", typed))
    if not plain:
        return None
    return Decimal(plain) if _NUMBER.match(plain) else typed


def _text(component: Input, typed: str) -> str | None:
    """Line ends as in files; numbers with a check digit without spaces and in capitals."""
    text = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    if component.limits.format in {"phone", "uscc", "id_number"}:
        text = _NOT_IN_CODES.sub("", unicodedata.normalize("NFKC", text)).upper()
    return text or None
