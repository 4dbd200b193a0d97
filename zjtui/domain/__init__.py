"""The register's records and rules: no files, no clock, no randomness."""
