import { isMap, type PropertyMap, type PropertyValue } from "../values/values";
import { parseProviderRef } from "./urn";

/** What the engine remembers about one resource. Mutable: steps fill it in. */
export interface ResourceState {
  urn: string;
  custom: boolean;
  /** Replaced; to be deleted at the end of the run, or of the next one. */
  delete: boolean;
  id: string;
  type: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
  parent: string;
  protect: boolean;
  taint: boolean;
  /** Read, not owned: never updated, never deleted. */
  external: boolean;
  dependencies: string[];
  initErrors: string[];
  provider: string;
  propertyDependencies: Record<string, string[]>;
  /** Already deleted; its replacement is still to be created. */
  pendingReplacement: boolean;
  additionalSecretOutputs: string[];
  aliases: string[];
  customTimeouts: CustomTimeouts;
  importID: string;
  retainOnDelete: boolean;
  deletedWith: string;
  replaceWith: string[];
  replacementTrigger: PropertyValue;
  created: string;
  modified: string;
  sourcePosition: string;
  ignoreChanges: string[];
  hideDiff: PropertyValue;
  replaceOnChanges: string[];
  refreshBeforeUpdate: boolean;
}

/** In seconds. */
export interface CustomTimeouts {
  create?: number;
  update?: number;
  delete?: number;
  read?: number;
}

export function newState(fields: Partial<ResourceState> & Pick<ResourceState, "urn" | "type">): ResourceState {
  return {
    custom: false,
    delete: false,
    id: "",
    inputs: {},
    outputs: {},
    parent: "",
    protect: false,
    taint: false,
    external: false,
    dependencies: [],
    initErrors: [],
    provider: "",
    propertyDependencies: {},
    pendingReplacement: false,
    additionalSecretOutputs: [],
    aliases: [],
    customTimeouts: {},
    importID: "",
    retainOnDelete: false,
    deletedWith: "",
    replaceWith: [],
    replacementTrigger: null,
    created: "",
    modified: "",
    sourcePosition: "",
    ignoreChanges: [],
    hideDiff: null,
    replaceOnChanges: [],
    refreshBeforeUpdate: false,
    ...fields,
  };
}

/** In the order in which Pulumi's checkpoints list them. */
const FIELDS = [
  "urn",
  "custom",
  "delete",
  "id",
  "type",
  "inputs",
  "outputs",
  "parent",
  "protect",
  "taint",
  "external",
  "dependencies",
  "initErrors",
  "provider",
  "propertyDependencies",
  "pendingReplacement",
  "additionalSecretOutputs",
  "aliases",
  "customTimeouts",
  "importID",
  "retainOnDelete",
  "deletedWith",
  "replaceWith",
  "replacementTrigger",
  "created",
  "modified",
  "sourcePosition",
  "ignoreChanges",
  "hideDiff",
  "replaceOnChanges",
  "refreshBeforeUpdate",
] as const satisfies readonly (keyof ResourceState)[];

/** A resource as a checkpoint stores it: empty fields left out, secrets still in the clear. */
export function toCheckpoint(state: ResourceState): PropertyMap {
  const stored: PropertyMap = {};
  for (const field of FIELDS) {
    const value = state[field] as PropertyValue;
    if (field === "custom" || !isEmpty(value)) stored[field] = value;
  }
  return stored;
}

function isEmpty(value: PropertyValue): boolean {
  if (value === null || value === undefined || value === false || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isMap(value) && Object.keys(value).length === 0;
}

export function fromCheckpoint(stored: PropertyMap): ResourceState {
  const fields: Record<string, unknown> = {};
  for (const field of FIELDS) if (stored[field] !== undefined && stored[field] !== null) fields[field] = stored[field];
  return newState(fields as unknown as ResourceState);
}

/** Everything a resource leans on except its parent: its provider, dependencies, deletedWith and replaceWith. */
export function directDependencies(state: ResourceState): Set<string> {
  const urns = new Set<string>(state.dependencies);
  for (const key in state.propertyDependencies) {
    for (const urn of state.propertyDependencies[key] ?? []) urns.add(urn);
  }
  if (state.deletedWith) urns.add(state.deletedWith);
  for (const urn of state.replaceWith) urns.add(urn);
  if (state.provider) urns.add(parseProviderRef(state.provider).urn);
  return urns;
}

/** The same with the parent. */
export function allDependencies(state: ResourceState): Set<string> {
  const urns = directDependencies(state);
  if (state.parent) urns.add(state.parent);
  return urns;
}
