"""An import contract of our own: these rooms stand on the standard library, and on nothing else but what ``also`` names.

import-linter can forbid a package by its name; it cannot forbid those that nobody thought of. Declared in pyproject.toml:

    type = "standard_library"
    modules = ["equerre.rules"]
    also = []
"""

from __future__ import annotations

import sys
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

OWN = "equerre"


class StandardLibraryContract(Contract):
    """Kept when no module of these rooms imports a package from outside. A room that does not exist yet keeps it."""

    type_name = "standard_library"

    modules = fields.ListField(subfield=fields.StringField())
    also = fields.ListField(subfield=fields.StringField(), default=())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every import of every module of the rooms, by where it leads."""
        allowed = sys.stdlib_module_names | {OWN, *cast("list[str]", self.also)}
        links = [
            (importer, imported, graph.get_import_details(importer=importer, imported=imported))
            for importer in sorted(self._inside(graph))
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if imported.partition(".")[0] not in allowed
        ]
        return ContractCheck(kept=not links, metadata={"links": links})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line an import, with its line number."""
        for importer, imported, details in check.metadata["links"]:
            lines = ", ".join(str(detail["line_number"]) for detail in details)
            output.print_error(f"{importer} imports {imported} (l.{lines}), which is not in the standard library.")
        output.new_line()

    def _inside(self, graph: ImportGraph) -> set[str]:
        rooms = cast("list[str]", self.modules)
        return {module for module in graph.modules for room in rooms if f"{module}.".startswith(f"{room}.")}
