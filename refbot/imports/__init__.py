"""CSV, XLSX and CRM exports, as people have them, into rows."""

from refbot.imports.reports import Applying, FileReport, Kind, MappedColumn, Note
from refbot.imports.run import import_files, look_over

__all__ = [
    "Applying",
    "FileReport",
    "Kind",
    "MappedColumn",
    "Note",
    "import_files",
    "look_over",
]
