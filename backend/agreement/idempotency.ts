import { createHash } from "node:crypto";
import { canonical } from "../catalog/documents";
import type { Context } from "../service";
import type { Table } from "../storage/store";
import { conflict, type ResourceType } from "./refusals";

interface Remembered {
  readonly fingerprint: string;
  readonly id: string;
}

/**
 * What the same request made before under its clientToken, else what `make` makes now. ConflictException when the token
 * came with another request then: AWS Marketplace Agreement API, clientToken.
 *
 * @returns the id of the thing made.
 */
export function once(
  ctx: Context,
  operation: string,
  request: { readonly clientToken?: string | undefined },
  kind: ResourceType,
  make: () => string,
): string {
  const { clientToken, ...asked } = request;
  if (clientToken === undefined) return make();
  const tokens: Table<Remembered> = ctx.market.store.table("agreement.client-tokens");
  const key = `${ctx.caller.accountId}/${operation}/${clientToken}`;
  const fingerprint = createHash("sha256").update(canonical(asked)).digest("base64url");
  const before = tokens.get(key);
  if (before === undefined) {
    const id = make();
    tokens.put(key, { fingerprint, id });
    return id;
  }
  if (before.fingerprint === fingerprint) return before.id;
  throw conflict(kind, before.id, `The clientToken ${clientToken} was already used, with a different request.`);
}
