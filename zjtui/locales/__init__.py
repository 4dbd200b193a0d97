"""Translation catalogues: `.po` files are written and committed, `.mo` files are made from them."""
