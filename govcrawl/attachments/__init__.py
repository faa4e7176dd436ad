"""Files attached to a report's page: found, chosen, named, and read together with the page.

Doors: ``candidates.candidates``, ``choice.worth_asking``, ``names.file_name``, ``reading.read_attached``.
"""
