"""The store: registers, cases and an office's decisions in a database of rows that only grow."""
