"""Relations between entities, and who met whom: phrases and verbs of `relations.yaml` applied to one document."""

from armsgraph.relations.finding import find_relations

__all__ = ["find_relations"]
