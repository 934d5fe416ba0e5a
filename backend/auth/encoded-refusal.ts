import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Caller } from "../service";
import type { Vault } from "../storage/vault";
import type { Need } from "./need";
import type { Decision } from "./policy";

/**
 * A refusal in words for those only who may call DecodeAuthorizationMessage: STS API Reference. It says more than the
 * refusal itself: which statement decided, and what the request's conditions were.
 */
export function encodeRefusal(vault: Vault, caller: Caller, need: Need, decision: Decision): string {
  const { action, resource, keys = {} } = need;
  const items = Object.entries(keys).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, values: { items: [value].flat().map((one) => ({ value: one })) } }],
  );
  const told = {
    allowed: false,
    explicitDeny: decision.explicit,
    matchedStatements: { items: decision.sid === undefined ? [] : [{ statementId: decision.sid, effect: "DENY" }] },
    failures: { items: [] },
    context: {
      principal: { id: caller.userId, name: caller.arn.slice(caller.arn.lastIndexOf("/") + 1), arn: caller.arn },
      action,
      resource,
      conditions: { items },
    },
  };
  return textOf(vault.seal(deflateRawSync(JSON.stringify(told)).toString("base64")));
}

/** The refusal as JSON; undefined for a text that is no refusal of this marketplace. */
export function decodeRefusal(vault: Vault, encoded: string): string | undefined {
  try {
    return inflateRawSync(Buffer.from(vault.open(sealedOf(encoded)), "base64")).toString();
  } catch {
    return undefined;
  }
}

/** Letters that a form can carry. */
function textOf(sealed: string): string {
  return Buffer.from(sealed, "base64").toString("base64url");
}

function sealedOf(text: string): string {
  return Buffer.from(text, "base64url").toString("base64");
}
