import type { KeyType } from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../../service";
import { RegionalThings } from "../things";

/** A key pair as it is kept: never with its private half. */
export interface StoredKeyPair {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly type: KeyType;
  readonly fingerprint: string;
  readonly publicKey: string;
  readonly created: string;
}

export const keyPairsIn = ({ market, region }: Context): RegionalThings<StoredKeyPair> =>
  new RegionalThings(market.store, "ec2-key-pairs", region);

/** The caller's key pair of that id. */
export function keyPairOf(ctx: Context, id: string): StoredKeyPair | undefined {
  const pair = keyPairsIn(ctx).get(id);
  return pair?.owner === ctx.caller.accountId ? pair : undefined;
}

/** The caller's key pairs in the region. */
export function ownKeyPairs(ctx: Context): StoredKeyPair[] {
  return keyPairsIn(ctx)
    .all()
    .filter(({ owner }) => owner === ctx.caller.accountId);
}

/** The caller's key pair of that name, else InvalidKeyPair.NotFound. */
export function namedKeyPair(ctx: Context, name: string): StoredKeyPair {
  const pair = ownKeyPairs(ctx).find((each) => each.name === name);
  if (pair === undefined) throw new AwsError("InvalidKeyPair.NotFound", `The key pair '${name}' does not exist`);
  return pair;
}
