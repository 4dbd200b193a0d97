"""Reports: what a page says, as plain headings, paragraphs and tables. Nothing here knows how it is drawn."""
