"""A second computation of the figures: from docs/figures.md and a dump alone. Nothing beside test_*.py imports zjtui."""
