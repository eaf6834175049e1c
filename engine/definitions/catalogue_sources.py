"""Process, form and rule sources in the repository's folders, as the files of one bundle."""

from pathlib import Path


def bundle_files(process_folder: Path | str, *, rules: str = "yongkang") -> dict[str, bytes]:
    """Files of `bpmn/<process>/`, `forms/<process>/` and `rules/<rules>/` by their path in a bundle.

    The folders lie beside each other: `process_folder` may also be a copy elsewhere that holds everything itself.
    """
    folder = Path(process_folder).resolve()
    root = folder.parent.parent
    sources = [(folder, "*.bpmn", ""), (folder, "*.dmn", ""), (folder, "*.form", "forms/"), (folder, "*.yml", "rules/")]
    sources += [(folder / "forms", "*.form", "forms/"), (folder / "rules", "*.yml", "rules/")]
    sources += [(root / "forms" / folder.name, "*.form", "forms/"), (root / "rules" / rules, "*.yml", "rules/")]
    return {place + path.name: path.read_bytes() for where, kind, place in sources for path in sorted(where.glob(kind))}
