// A client with no packages: judges a case, and prints what a case system would show.
import { readFile } from "node:fs/promises";

const [address, path, day, protocol] = process.argv.slice(2);

async function ask(method, path, query, body) {
  const url = new URL(path, address);
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  const response = await fetch(url, { method, body, headers });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.status} ${answer.type}: ${answer.detail}`);
  return answer;
}

const openapi = await ask("GET", "/openapi.json", {});
const operations = new Map(
  Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => [one.operationId, { method: method.toUpperCase(), path }]),
  ),
);
const { method, path: where } = operations.get("assess");
const assessment = await ask(method, where, { as_of: day, protocol }, await readFile(path, "utf-8"));

let refused = "";
try {
  await ask(method, where, { as_of: day, protocol: "no-such-protocol" }, await readFile(path, "utf-8"));
} catch (error) {
  refused = error.message;
}
const overdue = assessment.findings.filter((finding) => finding.standing === "overdue");
console.log(
  JSON.stringify({ case: assessment.case, overdue: overdue.map(({ id, due }) => [id, due]), refused, count: assessment.findings.length }),
);
