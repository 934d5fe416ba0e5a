import { findChangeType } from "../../marketplace/changes";
import type { Change, Json, JsonObject } from "../../marketplace/changes/change-type";
import { lastDigits } from "../../marketplace/sellers/last-digits";
import type { Vault } from "../storage/vault";
import type { RequestedChange } from "./change-sets";

/** A value of a document as the store has it. */
interface Sealed {
  readonly sealed: string;
  /** `*****6789` */
  readonly shown: string;
}

/** Whether a change says what only its sender should know. */
export function holdsSecrets(change: Change): boolean {
  return secretsOf(change).length > 0;
}

/** The change as it may be stored. The text that was sent goes, since it holds the same. */
export function sealChange(vault: Vault, change: RequestedChange): RequestedChange {
  if (!holdsSecrets(change)) return change;
  const details = replaced(change, (value) => ({ sealed: vault.seal(JSON.stringify(value)), shown: shownOf(value) }));
  return { ...change, details, text: undefined };
}

/** The change as it was sent, for the rules to look at and never for a reply. */
export function openChange(vault: Vault, change: RequestedChange): RequestedChange {
  if (!holdsSecrets(change)) return change;
  return {
    ...change,
    details: replaced(change, (value) => (isSealed(value) ? (JSON.parse(vault.open(value.sealed)) as Json) : value)),
  };
}

/** The change as it may be shown. */
export function shownChange(change: RequestedChange): RequestedChange {
  if (!holdsSecrets(change)) return change;
  return { ...change, details: replaced(change, (value) => (isSealed(value) ? value.shown : value)) };
}

function secretsOf({ entity, changeType }: Change): readonly string[] {
  return findChangeType(entity.type, changeType)?.secrets ?? [];
}

function replaced(change: Change, replace: (value: Json) => Json): Json {
  return secretsOf(change).reduce((details, path) => replacedAt(details, path.split("."), replace), change.details);
}

function replacedAt(value: Json, [name, ...rest]: readonly string[], replace: (value: Json) => Json): Json {
  if (name === undefined) return replace(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const members = value as JsonObject;
  const member = Object.hasOwn(members, name) ? members[name] : undefined;
  return member === undefined ? members : { ...members, [name]: replacedAt(member, rest, replace) };
}

/** What was sent in place of a text is hidden as well: a number may be right but for its quotes. */
function shownOf(value: Json): string {
  return lastDigits(typeof value === "object" ? "" : String(value));
}

function isSealed(value: Json): value is Json & Sealed {
  return typeof value === "object" && value !== null && "sealed" in value && "shown" in value;
}
