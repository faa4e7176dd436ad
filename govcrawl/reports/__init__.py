"""Document to Report: title, sections, the statutory tables as facts, identities, cleaned text."""
