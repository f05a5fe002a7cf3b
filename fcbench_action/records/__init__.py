"""Records: their types, the journal, and the layout of the results tree."""
