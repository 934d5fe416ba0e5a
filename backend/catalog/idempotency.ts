import { createHash } from "node:crypto";
import type { StartChangeSetRequest } from "@aws-sdk/client-marketplace-catalog";
import type { Change } from "../../marketplace/changes/change-type";
import type { Store, Table } from "../storage/store";
import type { Vault } from "../storage/vault";
import { canonical } from "./documents";
import { invalid } from "./refusals";
import { holdsSecrets } from "./secret-details";

interface Remembered {
  readonly fingerprint: string;
  readonly changeSetId: string;
}

/**
 * The change set that this request's ClientRequestToken started before, or undefined when the token is new.
 * ValidationException when it came with another body then: API reference, StartChangeSet.
 */
export function startedBefore(
  store: Store,
  account: string,
  request: StartChangeSetRequest,
  fingerprint: string,
): string | undefined {
  const token = request.ClientRequestToken;
  if (token === undefined) return undefined;
  const before = tokensIn(store).get(`${account}/${token}`);
  if (before === undefined) return undefined;
  if (before.fingerprint === fingerprint) return before.changeSetId;
  throw invalid(
    `The ClientRequestToken ${token} was already used for change set ${before.changeSetId}, with a different request. ` +
      "Use a new token for a new request.",
  );
}

/** Ties the request's token, if it has one, to the change set that it started. */
export function rememberStart(
  store: Store,
  account: string,
  request: StartChangeSetRequest,
  fingerprint: string,
  changeSetId: string,
): void {
  if (request.ClientRequestToken === undefined) return;
  const remembered = { fingerprint, changeSetId };
  tokensIn(store).put(`${account}/${request.ClientRequestToken}`, remembered);
}

/** Of everything but the token itself. Tax and bank numbers are few enough to be guessed from a plain digest. */
export function fingerprintOf(vault: Vault, request: StartChangeSetRequest, changes: readonly Change[]): string {
  const text = canonical({ ...request, ClientRequestToken: undefined });
  if (changes.some(holdsSecrets)) return vault.fingerprint(text);
  return createHash("sha256").update(text).digest("base64url");
}

function tokensIn(store: Store): Table<Remembered> {
  return store.table("catalog.request-tokens");
}
