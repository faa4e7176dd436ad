"""Our pages: what each finds in the database, one file a page."""
