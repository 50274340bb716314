"""Linking: which Wikidata item an entity is, from the lists alone."""

from armsgraph.linking.offline import link_entities

__all__ = ["link_entities"]
