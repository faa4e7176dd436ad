"""What a page's scripts say, read and never executed: requests they make, addresses they put together.

Scripts are cut into tokens (`tokens.py`), expressions are read wherever they begin (`expressions.py`) and
worked out as far as their words tell (`values.py`). What a statement does is of no interest, so that broken
or unusual code spoils nothing but itself.
"""
