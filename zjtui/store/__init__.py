"""The only package that opens SQLite. Reads in `read/`, writes in `write/`, called inside a use-case's transaction."""
