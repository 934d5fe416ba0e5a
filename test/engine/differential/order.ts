import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { Deployment } from "./record";

const MAKES = new Set(["create", "create-replacement", "update", "same", "read"]);
const DELETES = new Set(["delete", "delete-replaced"]);

/** What each resource needs: its parent, its provider, its dependencies. */
function needs(deployment: Deployment): Map<string, string[]> {
  return new Map(
    (deployment.resources ?? []).map((resource) => {
      const provider =
        typeof resource.provider === "string" ? [resource.provider.split("::").slice(0, -1).join("::")] : [];
      const dependencies = (resource.dependencies ?? []) as string[];
      const parent = resource.parent ? [String(resource.parent)] : [];
      return [String(resource.urn), [...dependencies, ...parent, ...provider]];
    }),
  );
}

/** Pairs in which a resource was made before what it needs, or deleted while something that needs it was still there. */
export function outOfOrder(events: readonly EngineEvent[], before: Deployment, after: Deployment): string[] {
  const made = new Map<string, number>();
  const deleted = new Map<string, number>();
  for (const { resourcePreEvent, sequence } of events) {
    if (!resourcePreEvent) continue;
    const { op, urn } = resourcePreEvent.metadata;
    if (MAKES.has(op)) made.set(urn, sequence);
    if (DELETES.has(op)) deleted.set(urn, sequence);
  }
  const wrong: string[] = [];
  for (const [urn, needed] of needs(after)) {
    for (const other of needed) {
      if ((made.get(urn) ?? Infinity) < (made.get(other) ?? -1)) wrong.push(`${urn} was made before ${other}`);
    }
  }
  for (const [urn, needed] of needs(before)) {
    for (const other of needed) {
      if ((deleted.get(urn) ?? -1) > (deleted.get(other) ?? Infinity)) wrong.push(`${other} was deleted before ${urn}`);
    }
  }
  return wrong;
}
