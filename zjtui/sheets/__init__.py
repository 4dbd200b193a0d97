"""Files of the office: what goes into Word, and later Excel and CSV."""
