import { instanceFamilies } from "./instance-families";

export type Architecture = "x86_64" | "arm64";

/** What the rules need to know of an instance type. */
export interface InstanceTypeFacts {
  /** Undefined for Mac hosts, which run neither of the two kinds of image that a listing may carry. */
  readonly architecture: Architecture | undefined;
  /** The image must have enhanced networking (ENA) enabled: all types on the Nitro system. */
  readonly needsEna: boolean;
  /** Runs HVM images; the first types of EC2 run paravirtual ones only. */
  readonly hvm: boolean;
}

/** Families on Xen, which do without ENA (EC2 user guide, Enable enhanced networking with ENA). */
const withoutEna = new Set(
  "c1 c3 c4 cc1 cc2 cg1 cr1 d2 f1 g2 g3 g3s h1 hi1 hs1 i2 i3 m1 m2 m3 m4 p2 p3 r3 r4 t1 t2 x1 x1e".split(" "),
);
const paravirtualOnly = new Set(["c1", "m1", "m2", "t1"]);

/** `m5.large`: family and size, lower case. Whether EC2 has it is another question. */
export function isInstanceTypeName(name: string): boolean {
  return name.length <= 24 && /^[a-z][a-z0-9]*\d[a-z0-9-]*\.[a-z0-9-]+$|^(u|mac)[a-z0-9-]*\.[a-z0-9-]+$/.test(name);
}

/** Undefined for a family newer than our list: then nothing is claimed about it. */
export function instanceTypeFacts(name: string): InstanceTypeFacts | undefined {
  const family = name.split(".")[0] ?? "";
  if (!Object.hasOwn(instanceFamilies, family)) return undefined;
  return {
    architecture: architectureOf(family),
    needsEna: !withoutEna.has(family),
    hvm: !paravirtualOnly.has(family),
  };
}

/** AWS marks its own processors by a `g` after the generation: m7g, c6gn, x2gd. */
function architectureOf(family: string): Architecture | undefined {
  if (family.startsWith("mac")) return undefined;
  return family === "a1" || family === "p6e-gb200" || /^[a-z]+\d+g/.test(family) ? "arm64" : "x86_64";
}
