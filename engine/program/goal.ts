import type { CustomTimeouts } from "../state/resource-state";
import type { PropertyMap, PropertyValue } from "../values/values";

/** What a program wants of one resource. */
export interface Goal {
  type: string;
  name: string;
  custom: boolean;
  inputs: PropertyMap;
  parent: string;
  protect: boolean | undefined;
  dependencies: string[];
  /** A provider reference; empty for components and for providers themselves. */
  provider: string;
  propertyDependencies: Record<string, string[]>;
  deleteBeforeReplace: boolean | undefined;
  ignoreChanges: string[];
  additionalSecretOutputs: string[];
  aliases: Alias[];
  /** To be adopted rather than made. */
  importId: string;
  customTimeouts: CustomTimeouts;
  replaceOnChanges: string[];
  replacementTrigger: PropertyValue;
  retainOnDelete: boolean | undefined;
  deletedWith: string;
  replaceWith: string[];
  hideDiff: string[];
  sourcePosition: string;
}

/** A name the resource had: whole, or by the parts that differ. */
export interface Alias {
  readonly urn?: string;
  readonly name?: string;
  readonly type?: string;
  readonly parent?: string;
  readonly noParent?: boolean;
  readonly project?: string;
  readonly stack?: string;
}

/** A goal with nothing asked for, to be filled in. */
export function plainGoal(fields: Pick<Goal, "type" | "name" | "custom" | "inputs"> & Partial<Goal>): Goal {
  return {
    parent: "",
    protect: undefined,
    dependencies: [],
    provider: "",
    propertyDependencies: {},
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    additionalSecretOutputs: [],
    aliases: [],
    importId: "",
    customTimeouts: {},
    replaceOnChanges: [],
    replacementTrigger: null,
    retainOnDelete: undefined,
    deletedWith: "",
    replaceWith: [],
    hideDiff: [],
    sourcePosition: "",
    ...fields,
  };
}
