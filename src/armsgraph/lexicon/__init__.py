"""The domain lists and lexicons of `data/`, read once, strictly."""

from armsgraph.lexicon.tables import read_table, read_yaml, split_list

__all__ = ["read_table", "read_yaml", "split_list"]
