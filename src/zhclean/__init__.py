"""zhclean."""
