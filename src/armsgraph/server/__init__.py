"""The SPARQL endpoint: queries in worker processes, linked data, graph store, all behind one ASGI application."""
