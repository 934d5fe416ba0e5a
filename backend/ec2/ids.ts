import { createHash, randomBytes } from "node:crypto";
import { AwsError } from "../service";

/** The kinds of EC2 things that this marketplace keeps, and how EC2 talks of their ids. */
const kinds = {
  ami: {
    malformed: "InvalidAMIID.Malformed",
    notFound: "InvalidAMIID.NotFound",
    missing: (ids: string) =>
      `The image id${ids.includes(", ") ? "s" : ""} '[${ids}]' do${ids.includes(", ") ? "" : "es"} not exist`,
  },
  snap: {
    malformed: "InvalidSnapshotID.Malformed",
    notFound: "InvalidSnapshot.NotFound",
    missing: (ids: string) => `The snapshot '${ids}' does not exist.`,
  },
  vol: {
    malformed: "InvalidVolumeID.Malformed",
    notFound: "InvalidVolume.NotFound",
    missing: (ids: string) => `The volume '${ids}' does not exist.`,
  },
  i: {
    malformed: "InvalidInstanceID.Malformed",
    notFound: "InvalidInstanceID.NotFound",
    missing: (ids: string) =>
      ids.includes(", ") ? `The instance IDs '${ids}' do not exist` : `The instance ID '${ids}' does not exist`,
  },
  vpc: {
    malformed: "InvalidVpcID.Malformed",
    notFound: "InvalidVpcID.NotFound",
    missing: (ids: string) => `The vpc ID '${ids}' does not exist`,
  },
  subnet: {
    malformed: "InvalidSubnetID.Malformed",
    notFound: "InvalidSubnetID.NotFound",
    missing: (ids: string) => `The subnet ID '${ids}' does not exist`,
  },
  sg: {
    malformed: "InvalidGroupId.Malformed",
    notFound: "InvalidGroup.NotFound",
    missing: (ids: string) => `The security group '${ids}' does not exist`,
  },
  key: {
    malformed: "InvalidKeyPairId.Malformed",
    notFound: "InvalidKeyPair.NotFound",
    missing: (ids: string) => `The key pair ID '${ids}' does not exist`,
  },
} as const;

export type IdPrefix = keyof typeof kinds;

/** Kinds of things that EC2 gives ids to and that no request names: reservations, interfaces, attachments, rules. */
type UnaskedPrefix = "r" | "eni" | "eni-attach" | "sgr" | "dopt";

/** A fresh id with 17 hexadecimal digits: `newResourceId("ami")` is `ami-0a1b2c3d4e5f60718`. */
export function newResourceId(prefix: IdPrefix | UnaskedPrefix): string {
  return `${prefix}-0${randomBytes(8).toString("hex")}`;
}

/** The id that always belongs to `seed`: for things that are there without having been made. */
export function steadyId(prefix: IdPrefix | UnaskedPrefix, seed: string): string {
  return `${prefix}-0${createHash("sha256").update(`${prefix} ${seed}`).digest("hex").slice(0, 16)}`;
}

/** Refuses what does not look like an id of that kind: prefix and 8 or 17 hexadecimal digits. */
export function checkResourceId(prefix: IdPrefix, id: string): void {
  if (new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`).test(id)) return;
  const hint = id.startsWith(`${prefix}-`) ? "" : ` (expecting "${prefix}-...")`;
  throw new AwsError(kinds[prefix].malformed, `Invalid id: "${id}"${hint}`);
}

/** EC2's answer for ids that nothing has, or nothing that the caller may see. */
export function notFound(prefix: IdPrefix, ...ids: string[]): AwsError {
  return new AwsError(kinds[prefix].notFound, kinds[prefix].missing(ids.join(", ")));
}

/** EC2's answer to changing what another account owns: `notYours("image", "ami-…")`. */
export function notYours(kind: "image" | "snapshot" | "volume", id: string): AwsError {
  return new AwsError("AuthFailure", `Not authorized for ${kind}:${id}`, { status: 403 });
}
