"""Bring your own schools: one template, filled as a workbook or as CSV files, read, loaded, and given back filled.

``template`` says which sheets and columns there are; ``rows``, ``cells`` and ``reading`` take what people wrote; ``load``
writes it; ``book`` and ``export`` write the template again, empty or filled from the registry.
"""
