"""Checks entities of JSON Lines files with the followthemoney package: schemata, properties, values, references.

Run by the slow tests with the Python of build/validators (`.ci/validators` makes it). Prints what is wrong, then the
number of entities of each schema as JSON; exit code 1 if anything is wrong.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from followthemoney import model
from followthemoney.exc import InvalidData


def find_faults(record: dict[str, Any], schemas: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with one entity."""
    schema = model.get(record["schema"])
    if schema is None or schema.abstract:
        yield f"no such schema: {record['schema']}"
        return
    try:
        schema.validate(record)
    except InvalidData as error:
        yield f"not valid: {error} {error.errors}"
    # what the model would clean away or change is not in its form
    proxy = model.get_proxy(record, cleaned=False)
    for name, values in record["properties"].items():
        prop = schema.get(name)
        if prop is None or prop.stub:
            yield f"{record['schema']} has no property {name}"
            continue
        if sorted(proxy.get(name)) != sorted(values):
            yield f"{name}: {values} is read as {proxy.get(name)}"
        for value in values:
            if prop.type.clean(value) is None:
                yield f"{name}: {value!r} is no {prop.type.name}"
            if prop.type.name == "entity" and value not in schemas:
                yield f"{name}: there is no entity {value}"
            if prop.type.name == "entity" and value in schemas and not model.get(schemas[value]).is_a(prop.range):
                yield f"{name}: a {schemas[value]} is no {prop.range.name}"


def main(paths: list[str]) -> int:
    """Check files; return the exit code."""
    counts: Counter[str] = Counter()
    faults = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            records = [json.loads(line) for line in file]
        schemas = {record["id"]: record["schema"] for record in records}
        if len(schemas) != len(records):
            faults += 1
            print(f"{path}: two entities have one id")
        for record in records:
            counts[record["schema"]] += 1
            for fault in find_faults(record, schemas):
                faults += 1
                print(f"{path}: {record['id']}: {fault}")
    print(json.dumps(counts, sort_keys=True))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
