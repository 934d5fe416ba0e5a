import { relative } from "node:path";
import { fileURLToPath } from "node:url";

import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { SourcePosition } from "@pulumi/pulumi/proto/source_pb";
import type { Alias as AliasMessage } from "@pulumi/pulumi/proto/alias_pb";

import { EngineError } from "../error";
import type { Alias, Goal } from "./goal";
import { fromStruct } from "../plugins/grpc";
import type { CustomTimeouts } from "../state/resource-state";
import type { PropertyValue } from "../values/values";

/** A registration as the program sent it: a goal whose inputs may still hold output values. */
export function readGoal(request: RegisterResourceRequest, root: string): Goal {
  const inputs = fromStruct(request.getObject()) ?? {};
  const dependencies = request.getDependenciesList().toSorted();
  const trigger = request.getReplacementTrigger()?.toJavaScript() as PropertyValue | undefined;
  const given = request.getPropertydependenciesMap();
  const propertyDependencies: Record<string, string[]> = {};
  if (given.getLength() === 0) for (const key of Object.keys(inputs)) propertyDependencies[key] = dependencies;
  given.forEach((urns, key) => {
    propertyDependencies[key] = urns.getUrnsList().toSorted();
  });
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    inputs,
    parent: request.getParent(),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    dependencies,
    provider: request.getProvider(),
    propertyDependencies,
    deleteBeforeReplace:
      request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()
        ? request.getDeletebeforereplace()
        : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: [...request.getAliasurnsList().map((urn) => ({ urn })), ...request.getAliasesList().map(readAlias)],
    importId: request.getImportid(),
    customTimeouts: readTimeouts(request.getCustomtimeouts()),
    replaceOnChanges: request.getReplaceonchangesList(),
    replacementTrigger: trigger ?? null,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deletedWith: request.getDeletedwith(),
    replaceWith: request.getReplaceWithList(),
    hideDiff: request.getHidediffsList(),
    sourcePosition: readPosition(request.getSourceposition(), root),
  };
}

export function readAlias(alias: AliasMessage): Alias {
  const spec = alias.getSpec();
  if (!spec) return { urn: alias.getUrn() };
  return {
    name: spec.getName(),
    type: spec.getType(),
    parent: spec.getParenturn(),
    noParent: spec.getNoparent(),
    project: spec.getProject(),
    stack: spec.getStack(),
  };
}

export function readTimeouts(timeouts: RegisterResourceRequest.CustomTimeouts | undefined): CustomTimeouts {
  const read: CustomTimeouts = {};
  if (!timeouts) return read;
  if (timeouts.getCreate()) read.create = seconds(timeouts.getCreate());
  if (timeouts.getUpdate()) read.update = seconds(timeouts.getUpdate());
  if (timeouts.getDelete()) read.delete = seconds(timeouts.getDelete());
  if (timeouts.getRead()) read.read = seconds(timeouts.getRead());
  return read;
}

const UNITS: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/** `1h30m`, `5m`, `1.5s`: as Go writes durations. @throws EngineError for anything else */
function seconds(duration: string): number {
  if (!/^(\d+(\.\d*)?(h|ms|m|s|us|µs|ns))+$/.test(duration)) {
    throw new EngineError(`unable to parse customTimeout Value ${duration}`);
  }
  let total = 0;
  for (const [, amount, unit] of duration.matchAll(/(\d+(?:\.\d*)?)(h|ms|m|s|us|µs|ns)/g)) {
    total += Number(amount) * (UNITS[unit ?? ""] ?? 0);
  }
  return total;
}

/** Where in the project a resource is declared, such as `project:///index.ts#4,9`. */
export function readPosition(position: SourcePosition | undefined, root: string): string {
  if (!position?.getUri().startsWith("file:")) return "";
  const path = relative(root, fileURLToPath(position.getUri())).replaceAll("\\", "/");
  const column = position.getColumn() ? `,${position.getColumn()}` : "";
  return `project:///${path}#${position.getLine()}${column}`;
}
