"""Starts real triple stores on loopback, each empty and in a folder of its own, and stops them again.

The Java programs come from Maven by the versions in `pom.xml` and are kept in `build/stores`. What is not there skips,
with the reason; where `ARMSGRAPH_STORES=required` is set, as `make test-all` does once it has fetched all, it fails.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import urllib3

__all__ = ["STORES", "RunningStore", "jar", "start_store"]

ROOT = Path(__file__).resolve().parent.parent.parent
JARS = ROOT / "build" / "stores"
BIN = Path(sys.executable).parent
_START_S = 120
_POOL = urllib3.PoolManager(retries=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningStore:
    """A store that runs.

    Attributes:
        to: The address that a user gives to `load --to`.
        query: Its query endpoint.
        parameters: What a query needs beside it to see all graphs.
        environment: Credentials for `load`.
        process: Its process, which the tests may kill.
        version: What it says of its version.
    """

    name: str
    to: str
    query: str
    parameters: tuple[tuple[str, str], ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes]
    version: str


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def missing(reason: str) -> None:
    """Skip, or fail where the stores must be there."""
    if os.environ.get("ARMSGRAPH_STORES") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


def jar(name: str) -> Path:
    """Return a program that Maven brings, fetching all of them at the first call."""
    path = JARS / name
    if shutil.which("java") is None:
        missing("no Java here")
    if not path.exists():
        if shutil.which("mvn") is None:
            missing("no Maven here to fetch the store with")
        command = ["mvn", "-q", "-B", "-f", str(Path(__file__).parent / "pom.xml"), "dependency:copy"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
        if done.returncode or not path.exists():
            missing(f"Maven does not fetch the stores: {(done.stdout + done.stderr)[-400:]}")
    return path


def send(method: str, url: str, *, body: bytes | None = None, kind: str = "text/turtle") -> tuple[int, bytes]:
    answer = _POOL.request(method, url, body=body, headers={"Content-Type": kind}, timeout=60)
    return answer.status, answer.data


@contextmanager
def running(command: list[str], folder: Path, ready: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; `ready` is an address that answers once it is up."""
    log = folder / "log.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, env=dict(os.environ) | environment
        )
    try:
        _wait(process, ready, log)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + _START_S
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            if send("GET", url)[0] < 500:
                return
        except urllib3.exceptions.HTTPError:
            pass
        time.sleep(0.2)
    pytest.fail(f"the store does not start: {log.read_text('utf-8', 'replace')[-1500:]}")


# ------------------------------------------------------------------------------------------------------ the stores
@contextmanager
def fuseki(folder: Path) -> Iterator[RunningStore]:
    """Fuseki as its own help starts it; queries over all graphs name them as parameters of the protocol."""
    port = free_port()
    command = ["java", "-Xmx1g", "-jar", str(jar("jena-fuseki-server-5.6.0.jar")), "--localhost", f"--port={port}"]
    (folder / "db").mkdir()
    command += ["--update", "--tdb2", f"--loc={folder / 'db'}", "/ds"]
    with running(command, folder, f"http://127.0.0.1:{port}/$/ping", FUSEKI_BASE=str(folder)) as process:
        yield RunningStore(
            name="Apache Jena Fuseki",
            to=f"http://127.0.0.1:{port}/ds",
            query=f"http://127.0.0.1:{port}/ds/query",
            parameters=(("default-graph-uri", "urn:x-arq:DefaultGraph"), ("default-graph-uri", "urn:x-arq:UnionGraph")),
            process=process,
            version="5.6.0",
        )


_UNION = """PREFIX fuseki: <http://jena.apache.org/fuseki#>
PREFIX tdb2: <http://jena.apache.org/2016/tdb#>
[] a fuseki:Service ;
  fuseki:name "ds" ;
  fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ] ;
  fuseki:endpoint [ fuseki:operation fuseki:update ; fuseki:name "update" ] ;
  fuseki:endpoint [ fuseki:operation fuseki:gsp-rw ; fuseki:name "data" ] ;
  fuseki:dataset [ a tdb2:DatasetTDB2 ; tdb2:location "db" ; tdb2:unionDefaultGraph true ] .
"""


@contextmanager
def fuseki_union(folder: Path) -> Iterator[RunningStore]:
    """Fuseki with a dataset whose default graph shows all named graphs, as many installations have it."""
    port = free_port()
    (folder / "db").mkdir()
    (folder / "config.ttl").write_text(_UNION, "utf-8")
    command = ["java", "-Xmx1g", "-jar", str(jar("jena-fuseki-server-5.6.0.jar")), "--localhost", f"--port={port}"]
    command += ["--config=config.ttl"]
    with running(command, folder, f"http://127.0.0.1:{port}/$/ping", FUSEKI_BASE=str(folder)) as process:
        yield RunningStore(
            name="Apache Jena Fuseki, union default graph",
            to=f"http://127.0.0.1:{port}/ds",
            query=f"http://127.0.0.1:{port}/ds/query",
            process=process,
            version="5.6.0",
        )


_REPOSITORY = """@prefix rep: <http://www.openrdf.org/config/repository#> .
@prefix sr: <http://www.openrdf.org/config/repository/sail#> .
@prefix sail: <http://www.openrdf.org/config/sail#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
[] a rep:Repository ; rep:repositoryID "armsgraph" ; rdfs:label "armsgraph" ;
  rep:repositoryImpl [ rep:repositoryType "openrdf:SailRepository" ;
    sr:sailImpl [ sail:sailType "openrdf:NativeStore" ;
      <http://www.openrdf.org/config/sail/native#tripleIndexes> "spoc,posc,cosp" ] ] .
"""


@contextmanager
def rdf4j(folder: Path) -> Iterator[RunningStore]:
    """The RDF4J server in Jetty, with a native store."""
    port = free_port()
    command = ["java", "-Xmx1g", f"-Dorg.eclipse.rdf4j.appdata.basedir={folder / 'data'}", f"-Djava.io.tmpdir={folder}"]
    command += ["-jar", str(jar("jetty-runner-9.4.58.v20250814.jar")), "--host", "127.0.0.1", "--port", str(port)]
    command += ["--path", "/rdf4j-server", str(jar("rdf4j-http-server-3.7.7.war"))]
    base = f"http://127.0.0.1:{port}/rdf4j-server"
    with running(command, folder, f"{base}/protocol") as process:
        status, said = send("PUT", f"{base}/repositories/armsgraph", body=_REPOSITORY.encode())
        assert status < 300, said
        yield RunningStore(
            name="Eclipse RDF4J",
            to=f"{base}/repositories/armsgraph",
            query=f"{base}/repositories/armsgraph",
            process=process,
            version="3.7.7",
        )


_NAMESPACE = """com.bigdata.rdf.sail.namespace=armsgraph
com.bigdata.rdf.store.AbstractTripleStore.quads=true
com.bigdata.rdf.store.AbstractTripleStore.statementIdentifiers=false
com.bigdata.rdf.store.AbstractTripleStore.axiomsClass=com.bigdata.rdf.axioms.NoAxioms
com.bigdata.rdf.sail.truthMaintenance=false
com.bigdata.rdf.store.AbstractTripleStore.textIndex=false
"""


@contextmanager
def blazegraph(folder: Path) -> Iterator[RunningStore]:
    """Blazegraph with a namespace of named graphs; its own default namespace has none.

    Its usual main class looks for the folder `war` in a way that finds nothing since Java 9, so the folder is unpacked
    and named to the other one.
    """
    port = free_port()
    program = jar("blazegraph-jar-2.1.4.jar")
    with zipfile.ZipFile(program) as archive:
        archive.extractall(folder, [n for n in archive.namelist() if n.startswith("war/") or n == "jetty.xml"])
    command = ["java", "-Xmx1g", f"-Djetty.port={port}", "-Djetty.host=127.0.0.1", "-Djetty.home=war"]
    command += ["-Djetty.overrideWebXml=war/WEB-INF/override-web.xml", "-DjettyXml=jetty.xml", "-cp", str(program)]
    command += ["com.bigdata.rdf.sail.webapp.NanoSparqlServer", str(port), "kb", "war/WEB-INF/RWStore.properties"]
    base = f"http://127.0.0.1:{port}/blazegraph"
    with running(command, folder, f"{base}/status") as process:
        status, said = send("POST", f"{base}/namespace", body=_NAMESPACE.encode(), kind="text/plain")
        assert status < 300, said
        yield RunningStore(
            name="Blazegraph",
            to=f"{base}/namespace/armsgraph/sparql",
            query=f"{base}/namespace/armsgraph/sparql",
            process=process,
            version="2.1.4",
        )


_VIRTUOSO = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 7
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
CheckpointInterval = 60
NumberOfBuffers = 40000
MaxDirtyBuffers = 30000
DirsAllowed = {folder}
DefaultIsolation = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 100000
DefaultQuery = select distinct ?Concept where {{[] a ?Concept}} LIMIT 100
"""


@contextmanager
def virtuoso(folder: Path) -> Iterator[RunningStore]:
    """Virtuoso of Debian; writes go to the endpoints that want digest authentication."""
    program = shutil.which("virtuoso-t")
    if program is None:
        missing("no virtuoso-t here: apt-get install virtuoso-opensource-7")
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(folder=folder, sql=sql, http=http), "utf-8")
    command = [str(program), "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with running(command, folder, f"http://127.0.0.1:{http}/sparql?query=ASK%20%7B%7D") as process:
        version = subprocess.run([str(program), "-?"], capture_output=True, text=True, check=False).stderr
        yield RunningStore(
            name="OpenLink Virtuoso",
            to=f"http://127.0.0.1:{http}/sparql",
            query=f"http://127.0.0.1:{http}/sparql",
            environment={"ARMSGRAPH_LOAD_USER": "dba", "ARMSGRAPH_LOAD_PASSWORD": "dba"},
            process=process,
            version=next((word for word in version.split() if word.count(".") >= 2), "7"),
        )


@contextmanager
def oxigraph(folder: Path) -> Iterator[RunningStore]:
    """The server that comes with the oxigraph package."""
    port = free_port()
    command = [str(BIN / "oxigraph"), "serve", "--location", str(folder / "db"), "--bind", f"127.0.0.1:{port}"]
    with running(command, folder, f"http://127.0.0.1:{port}/") as process:
        yield RunningStore(
            name="Oxigraph",
            to=f"http://127.0.0.1:{port}",
            query=f"http://127.0.0.1:{port}/query",
            parameters=(("union-default-graph", ""),),
            process=process,
            version="0.5.13",
        )


STORES: dict[str, Callable[[Path], object]] = {
    "fuseki": fuseki,
    "fuseki-union": fuseki_union,
    "rdf4j": rdf4j,
    "blazegraph": blazegraph,
    "virtuoso": virtuoso,
    "oxigraph": oxigraph,
}


@contextmanager
def start_store(name: str, folder: Path) -> Iterator[RunningStore]:
    """Start a store by its name in `STORES`."""
    with STORES[name](folder) as store:  # type: ignore[attr-defined]
        yield store


def _parameters(store: RunningStore, query: str) -> list[tuple[str, str]]:
    """Return what goes with a query. Parameters that name graphs hide all others, those behind GRAPH too."""
    if not any(name == "default-graph-uri" for name, _ in store.parameters):
        return list(store.parameters)
    named = re.findall(r"GRAPH <([^>]*)>", query)
    if re.search(r"GRAPH \?", query):
        return []
    return [*store.parameters, *(("named-graph-uri", graph) for graph in dict.fromkeys(named))]


def ask(store: RunningStore, query: str) -> dict[str, object]:
    """Ask a store over all graphs, as the documentation says it is done, and return the answer in JSON."""
    fields = [("query", query), *_parameters(store, query)]
    answer = _POOL.request_encode_url(
        "GET", store.query, fields=fields, headers={"Accept": "application/sparql-results+json"}, timeout=300
    )
    if answer.status == 414 or len(query) > 1500:
        answer = _POOL.request_encode_body(
            "POST",
            store.query,
            fields=fields,
            encode_multipart=False,
            headers={"Accept": "application/sparql-results+json"},
            timeout=300,
        )
    assert answer.status == 200, (answer.status, answer.data[:600])
    found: dict[str, object] = json.loads(answer.data)
    return found
