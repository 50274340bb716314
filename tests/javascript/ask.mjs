// Asks an endpoint with Comunica: node ask.mjs ENDPOINT QUERY. Prints rows or triples as a JSON array.
import { QueryEngine } from "@comunica/query-sparql";

const [endpoint, query] = process.argv.slice(2);
const engine = new QueryEngine();
const result = await engine.query(query, { sources: [{ type: "sparql", value: endpoint }] });
const rows = [];
const stream = await result.execute();
for await (const item of stream) {
  rows.push(
    result.resultType === "bindings"
      ? Object.fromEntries([...item].map(([variable, term]) => [variable.value, term.value]))
      : { s: item.subject.value, p: item.predicate.value, o: item.object.value },
  );
}
console.log(JSON.stringify(rows));
process.exit(0);
