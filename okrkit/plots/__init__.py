"""Everything drawn with matplotlib, one module per subject."""
