"""Building blocks of pages; they know the theme, and nothing of records."""
