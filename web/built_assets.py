"""Entries of the Vite manifest as tags for the head of a page: `{{ built('viewer') }}`."""

import json
import logging
from functools import lru_cache
from pathlib import Path

from flask import url_for
from markupsafe import Markup

_MANIFEST = Path(__file__).parent / "static" / "build" / ".vite" / "manifest.json"
_log = logging.getLogger(__name__)


def built(entry: str) -> Markup:
    """Nothing when the client was never built: pages are plain then, and still work."""
    if not _MANIFEST.exists():
        _warn_once()
        return Markup("")
    return _tags(entry, _MANIFEST.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _tags(entry: str, _built_at: int) -> Markup:
    manifest = json.loads(_MANIFEST.read_text("utf-8"))
    chunk = manifest[f"{entry}.js"]
    needed = list(_with_imports(manifest, f"{entry}.js", seen=set()))
    styles = dict.fromkeys(style for key in needed for style in manifest[key].get("css", []))
    preloads = [manifest[key]["file"] for key in needed if key != f"{entry}.js"]
    lines = [Markup('<link rel="stylesheet" href="{}">').format(_address(style)) for style in styles]
    lines += [Markup('<link rel="modulepreload" href="{}">').format(_address(file)) for file in preloads]
    lines.append(Markup('<script type="module" src="{}"></script>').format(_address(chunk["file"])))
    return Markup("\n").join(lines)


def _with_imports(manifest: dict, key: str, *, seen: set[str]):
    if key in seen:
        return
    seen.add(key)
    for imported in manifest[key].get("imports", []):
        yield from _with_imports(manifest, imported, seen=seen)
    yield key


def _address(file: str) -> str:
    return url_for("pages.static", filename=f"build/{file}")


@lru_cache(maxsize=1)
def _warn_once() -> None:
    _log.warning("web/static/build is missing: run `make setup` (or `npm ci && npx vite build`) for styles and scripts")
