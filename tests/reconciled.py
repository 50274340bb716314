"""A graph with namesakes, and questions to the reconciliation service on it."""

import json
from typing import Any

from pages_graph import Visitor

MORE = """
<weapon/ak-203> a arms:Weapon ; rdfs:label "AK-203" ; skos:altLabel "AK 203 rifle" .
<firm/borden> a arms:Firm, arms:Organisation ; rdfs:label "Borden Works Ltd" ; arms:locatedIn <state/sylvania> .
<person/borden> a arms:Person ; rdfs:label "Borden" .
<firm/twin-1> a arms:Firm, arms:Organisation ; rdfs:label "Twin Yards" ; arms:locatedIn <state/sylvania> .
<firm/twin-2> a arms:Firm, arms:Organisation ; rdfs:label "Twin Yards" ; arms:locatedIn <state/freedonia> .
<state/sylvania> arms:stateCode "SY" .
<state/india> a arms:State ; rdfs:label "India" ; skos:exactMatch wd:Q668 ; arms:stateCode "IN" .
<person/ada-lane> skos:altLabel "Lane" .
<deal/d-9> a arms:Deal ; rdfs:label "AK-203 for India" ; arms:buyer <state/india> ; arms:item <item/d-9-1> .
<item/d-9-1> a arms:LineItem ; arms:weapon <weapon/ak-203> .
"""


def ask(visitor: Visitor, query: str, **more: Any) -> list[dict[str, Any]]:
    visit = visitor.post("/reconcile", queries=json.dumps({"q0": {"query": query, **more}}))
    assert visit.status == 200, visit.text
    found: list[dict[str, Any]] = json.loads(visit.body)["q0"]["result"]
    return found


def certain(visitor: Visitor, query: str, **more: Any) -> str | None:
    matches = [c["id"] for c in ask(visitor, query, **more) if c["match"]]
    assert len(matches) <= 1
    return matches[0] if matches else None


def said(visitor: Visitor, address: str) -> Any:
    visit = visitor.get(address, accept="application/json, text/javascript, */*; q=0.01")
    assert visit.status == 200, visit.text
    assert visit.header("Content-Type") == "application/json; charset=utf-8"
    return json.loads(visit.body)
