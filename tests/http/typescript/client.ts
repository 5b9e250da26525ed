// Judges a case over HTTP through a generated client, and prints what a case system would show.
// iro-rules.d.ts is generated from the service's own description; nothing here is written by hand about its shapes.
import createClient from "openapi-fetch";
import type { components, paths } from "./iro-rules.js";
import { example } from "./example.js";

type Finding = components["schemas"]["assessment-1.finding"];

const [address, day, protocol] = process.argv.slice(2);
if (address === undefined || day === undefined || protocol === undefined) throw new Error("ADDRESS DAY PROTOCOL");
const client = createClient<paths>({ baseUrl: address });

const { data, error } = await client.POST("/v1/assess", { params: { query: { as_of: day, protocol } }, body: example });
if (error !== undefined) throw new Error(error.detail);
const overdue: Finding[] = data.findings.filter((finding) => finding.standing === "overdue");

const asked = await client.POST("/v1/assess", {
  params: { query: { as_of: day, protocol: "no-such-protocol" } },
  body: example,
});
const compared = await client.POST("/v1/compare", {
  params: { query: { as_of: day, protocols: ["national", protocol] } },
  body: example,
});
const chosen = await client.POST("/v1/assess", {
  params: { query: { as_of: day, protocol, read: ["counting.first-day=event_day", "counting.clear-days=clear"] } },
  body: example,
});
const health = await client.GET("/health");
const version = await client.GET("/version");
console.log(
  JSON.stringify({
    case: data.case,
    count: data.findings.length,
    overdue: overdue.map(({ id, due, bearer }) => [id, due, bearer]),
    why: overdue.map(({ why }) => why?.[0]),
    refused: asked.error === undefined ? "" : `${asked.error.status} ${asked.error.type}: ${asked.error.detail}`,
    compared: compared.data?.protocols,
    readings: chosen.error === undefined ? chosen.data.provenance.readings : chosen.error.detail,
    health: health.data?.status,
    version: version.data?.version,
  }),
);
