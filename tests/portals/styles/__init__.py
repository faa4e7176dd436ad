"""One file a CMS; a style registers itself when its module is imported."""
