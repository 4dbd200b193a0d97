"""The command line: the same use-cases as the screens, one file per noun, each imported only when it is called."""
