"""What makes the documentation's site out of the tree: used by tools/docs.py."""
