"""The web page: a local, read-only look at the database, on Datasette (the extra ``serve``)."""
