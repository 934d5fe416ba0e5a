import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type {
  CreateKeyPairRequest,
  DeleteKeyPairRequest,
  DeleteKeyPairResult,
  DescribeKeyPairsRequest,
  DescribeKeyPairsResult,
  KeyPair,
  KeyPairInfo,
} from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../../service";
import { keepMatching } from "../filters";
import { checkResourceId, newResourceId, notFound } from "../ids";
import { checkTagSpecifications, forgetTags, tagNew, tagsOf } from "../tags";
import { keyPairOf, keyPairsIn, namedKeyPair, ownKeyPairs, type StoredKeyPair } from "./key-pair";

/** Makes a key pair: 2048-bit RSA or Ed25519. The private half is in this one answer and is kept nowhere. */
export function createKeyPair(ctx: Context, input: CreateKeyPairRequest): KeyPair {
  checkTagSpecifications(input.TagSpecifications, ["key-pair"]);
  const name = input.KeyName ?? "";
  if (ownKeyPairs(ctx).some((pair) => pair.name === name)) {
    throw new AwsError("InvalidKeyPair.Duplicate", `The keypair already exists`);
  }
  if (input.KeyFormat === "ppk") {
    throw new AwsError("UnsupportedOperation", "Key pairs are made in the format pem here, not in ppk.");
  }
  const type = input.KeyType ?? "rsa";
  const { privateKey, publicKey } =
    type === "ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pair: StoredKeyPair = {
    id: newResourceId("key"),
    owner: ctx.caller.accountId,
    name,
    type,
    fingerprint: fingerprintOf(privateKey, type),
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
    created: ctx.market.clock.now().toISOString(),
  };
  keyPairsIn(ctx).put(pair);
  tagNew(ctx, input.TagSpecifications, "key-pair", pair.id);
  return {
    KeyPairId: pair.id,
    KeyName: name,
    KeyFingerprint: pair.fingerprint,
    KeyMaterial: privateKey.export({ type: type === "rsa" ? "pkcs1" : "pkcs8", format: "pem" } as never).toString(),
    Tags: tagsOf(ctx, pair.id),
  };
}

/** The caller's key pairs, by name or id, with the public half when asked for. */
export function describeKeyPairs(ctx: Context, input: DescribeKeyPairsRequest): DescribeKeyPairsResult {
  for (const id of input.KeyPairIds ?? []) ownKeyPair(ctx, id);
  for (const name of input.KeyNames ?? []) namedKeyPair(ctx, name);
  const asked = ownKeyPairs(ctx).filter(
    ({ id, name }) =>
      (!input.KeyPairIds?.length || input.KeyPairIds.includes(id)) &&
      (!input.KeyNames?.length || input.KeyNames.includes(name)),
  );
  return {
    KeyPairs: keepMatching(
      asked.map((pair) => keyPairAnswer(ctx, pair, input.IncludePublicKey ?? false)),
      input.Filters,
      {
        fingerprint: (pair) => [pair.KeyFingerprint],
        "key-name": (pair) => [pair.KeyName],
        "key-pair-id": (pair) => [pair.KeyPairId],
      },
      (pair) => pair.Tags ?? [],
    ),
  };
}

/** Takes a key pair away by name or id. What is not there is no error: it is gone. */
export function deleteKeyPair(ctx: Context, input: DeleteKeyPairRequest): DeleteKeyPairResult {
  if (input.KeyName === undefined && input.KeyPairId === undefined) {
    throw new AwsError("MissingParameter", "The request must contain the parameter KeyName or KeyPairId");
  }
  const pair = ownKeyPairs(ctx).find(({ id, name }) => id === input.KeyPairId || name === input.KeyName);
  if (pair === undefined) return { Return: true };
  keyPairsIn(ctx).delete(pair.id);
  forgetTags(ctx, pair.id);
  return { Return: true, KeyPairId: pair.id };
}

function ownKeyPair(ctx: Context, id: string): StoredKeyPair {
  checkResourceId("key", id);
  const pair = keyPairOf(ctx, id);
  if (pair === undefined) throw notFound("key", id);
  return pair;
}

function keyPairAnswer(ctx: Context, pair: StoredKeyPair, withPublicKey: boolean): KeyPairInfo {
  return {
    KeyPairId: pair.id,
    KeyName: pair.name,
    KeyType: pair.type,
    KeyFingerprint: pair.fingerprint,
    CreateTime: new Date(pair.created),
    ...(withPublicKey && { PublicKey: openSshKey(createPublicKey(pair.publicKey), pair.name) }),
    Tags: tagsOf(ctx, pair.id),
  };
}

/** SHA-1 of the private RSA key in DER; SHA-256 of the public Ed25519 key: "Determine the fingerprint of your key pair". */
function fingerprintOf(privateKey: KeyObject, type: string): string {
  if (type === "rsa") {
    const der = privateKey.export({ type: "pkcs8", format: "der" });
    return createHash("sha1")
      .update(der)
      .digest("hex")
      .replace(/..(?!$)/g, "$&:");
  }
  return createHash("sha256")
    .update(openSshBlob(createPublicKey(privateKey)))
    .digest("base64");
}

function openSshKey(key: KeyObject, comment: string): string {
  const type = key.asymmetricKeyType === "rsa" ? "ssh-rsa" : "ssh-ed25519";
  return `${type} ${openSshBlob(key).toString("base64")} ${comment}`;
}

/** The public key as SSH sends it: RFC 4253, section 6.6, and RFC 8709. */
function openSshBlob(key: KeyObject): Buffer {
  const { e = "", n = "", x = "" } = key.export({ format: "jwk" });
  if (key.asymmetricKeyType !== "rsa") return sshFields(Buffer.from("ssh-ed25519"), Buffer.from(x, "base64url"));
  return sshFields(
    Buffer.from("ssh-rsa"),
    positive(Buffer.from(e, "base64url")),
    positive(Buffer.from(n, "base64url")),
  );
}

function positive(number: Buffer): Buffer {
  return (number[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), number]) : number;
}

function sshFields(...fields: Buffer[]): Buffer {
  return Buffer.concat(
    fields.flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(field.length);
      return [length, field];
    }),
  );
}
