"""Tables as files that a browser keeps."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from flask import Response

from engine.sheet_writing import MEDIA_TYPES, Row, written
from web import door


def table_file(kind: str, name: str, head: Sequence[str], rows: Iterable[Row]) -> Response:
    """`kind` is xlsx or csv; `name` is that of the file without its ending."""
    body = written(kind, head, rows, at=door.now())  # the city's time, by which a tried case is dated too
    media_type = MEDIA_TYPES[kind]
    answer = Response(body, mimetype=media_type.split(";", maxsplit=1)[0], content_type=media_type)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    return answer
