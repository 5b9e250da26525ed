// What the generated types must refuse; a line that they let through is an error of the compiler itself.
import type { components, paths } from "./iro-rules.js";

type CaseFile = components["schemas"]["case-1"];
type Fact = components["schemas"]["case-1.child_fact"];
type Query = paths["/v1/assess"]["post"]["parameters"]["query"];
type Finding = components["schemas"]["assessment-1.finding"];

const head = { format: "iro-rules/case/1", case: "c", coverage: "everything" } as const;
export const right: CaseFile = { ...head, facts: [{ kind: "became_looked_after", when: "2026-01-05" }] };
export const service: CaseFile = { ...head, subject: "authority", facts: [{ kind: "records_begin", when: "2024-04-01" }] };

// @ts-expect-error: there is no such kind of fact
export const kind: Fact = { kind: "review_hold", when: "2026-01-05" };
// @ts-expect-error: a fact has a day
export const day: Fact = { kind: "became_looked_after" };
// @ts-expect-error: this kind of fact has no such field
export const field: Fact = { kind: "became_looked_after", when: "2026-01-05", chair: "iro" };
// @ts-expect-error: a review has a name
export const review: Fact = { kind: "review_held", when: "2026-01-05" };
// @ts-expect-error: no role is called so
export const role: Fact = { kind: "appointed", when: "2026-01-05", role: "wizard", person: "p-1" };
// @ts-expect-error: a fact of an authority's service stands in a child's case
export const subject: CaseFile = { ...head, facts: [{ kind: "records_begin", when: "2024-04-01" }] };
// @ts-expect-error: the case does not say what its record covers
export const coverage: CaseFile = { format: "iro-rules/case/1", case: "c", facts: [] };
// @ts-expect-error: the day asked about is missing
export const query: Query = { protocol: "rochdale" };
// @ts-expect-error: only true and false
export const unverified: Query = { as_of: "2026-03-02", unverified: "yes" };

export function read(finding: Finding): boolean {
  // @ts-expect-error: a finding has no such field
  finding.deadline;
  // @ts-expect-error: no standing is called so
  return finding.standing === "late";
}
