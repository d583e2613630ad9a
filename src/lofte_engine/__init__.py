"""Analysis for local crime prevention: checked tables and texts in, frozen results out."""
