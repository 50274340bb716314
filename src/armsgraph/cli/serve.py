"""`armsgraph serve`: the SPARQL endpoint."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from armsgraph.server.jobs import Limits
from armsgraph.server.settings import TOKEN_VARIABLE, Settings, check_settings, read_token
from armsgraph.vocab import DEFAULT_BASE

__all__ = ["register", "serve"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("serve")(serve)


def serve(
    graph: Annotated[Path, typer.Argument(help="Folder of a store, or a graph file (ttl nt nq trig jsonld rdf).")],
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port to listen on; 0 for any that is free.")
    ] = 7878,
    base: Annotated[str, typer.Option("--base", help="IRI in front of the ids of the graph.")] = DEFAULT_BASE,
    base_path: Annotated[str, typer.Option("--base-path", help="Path in front of every route, such as /graph.")] = "",
    title: Annotated[str, typer.Option("--title", help="Name of the site.")] = "armsgraph",
    proxy_headers: Annotated[
        bool, typer.Option("--proxy-headers", help="Believe X-Forwarded-For and -Proto of a proxy on this machine.")
    ] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, max=256, help="Number of worker processes.")] = 4,
    timeout: Annotated[
        float,
        typer.Option("--timeout", min=0.1, help="Seconds until a query without a row is stopped; with rows thrice."),
    ] = Limits().deadline_s,
    memory: Annotated[
        int, typer.Option("--memory", min=16, help="Megabytes that one query may take.")
    ] = Limits().memory_mb,
    queue: Annotated[
        int, typer.Option("--queue", min=0, help="Requests that may wait for a worker; the next one gets a 503.")
    ] = Limits().waiting,
    allow_service: Annotated[
        list[str] | None, typer.Option("--allow-service", metavar="HOST[:PORT]", help="Host that SERVICE may ask.")
    ] = None,
    writable: Annotated[
        bool, typer.Option("--writable", help="Take updates and graph store writes from who shows the token.")
    ] = False,
    token_file: Annotated[
        Path | None,
        typer.Option("--token-file", help=f"File with the token; else it is taken from {TOKEN_VARIABLE}."),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Swap the graph in when it has changed; SIGHUP does so at any time.")
    ] = False,
    allow_violations: Annotated[
        bool, typer.Option("--allow-violations", help="Serve the graph even if it does not conform.")
    ] = False,
    access_log: Annotated[
        str, typer.Option("--access-log", help="File for the log of requests, - for standard error, none for none.")
    ] = "-",
) -> None:
    """Serve a graph that conforms to its shapes: SPARQL, pages for every IRI, graph store; loopback and read-only."""
    limits = Limits(deadline_s=timeout, memory_mb=memory, waiting=queue)
    settings = check_settings(
        Settings(
            graph=str(graph),
            host=host,
            port=port,
            base=base,
            base_path=base_path,
            title=title,
            proxy_headers=proxy_headers,
            workers=workers,
            limits=limits,
            allow_service=tuple(allow_service or ()),
            is_writable=writable,
            token_file=str(token_file or ""),
            watch=watch,
            allow_violations=allow_violations,
            access_log="" if access_log == "none" else access_log,
        )
    )
    read_token(settings, dict(os.environ))
    # The extractor and its model, which this process has loaded, are no use to the server.
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "armsgraph.server", settings.to_json()])
