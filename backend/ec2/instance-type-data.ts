import familyData from "./data/instance-types.json";
import offeringData from "./data/offerings.json";
import { zonesOf } from "./regions";

/** What EC2 says of an instance type, as far as choosing one for a listing needs it. */
export interface InstanceTypeFacts {
  readonly name: string;
  readonly vCpus: number;
  readonly cores: number | undefined;
  readonly threadsPerCore: number | undefined;
  readonly memoryMiB: number;
  readonly networkPerformance: string;
  readonly networkInterfaces: number;
  readonly ipv4PerInterface: number;
  readonly ipv6PerInterface: number;
  readonly ebsBaselineMbps: number | undefined;
  readonly ebsMaximumMbps: number | undefined;
  readonly localStorageGB: number | undefined;
  readonly traits: FamilyTraits;
}

/** What the sizes of a family mostly have in common. */
export interface FamilyTraits {
  readonly architectures: readonly string[];
  readonly manufacturer?: string;
  readonly clockGhz?: number;
  /** `required`, `supported` or `unsupported` */
  readonly ena: string;
  readonly efa: boolean;
  readonly encryptedTransit: boolean;
  readonly ipv6: boolean;
  readonly hypervisor?: string | null;
  readonly virtualization: readonly string[];
  readonly rootDevices: readonly string[];
  readonly bootModes: readonly string[];
  readonly usage: readonly string[];
  readonly current: boolean;
  readonly freeTier: boolean;
  readonly burstable: boolean;
  readonly bareMetal: boolean;
  readonly hibernation: boolean;
  readonly dedicatedHosts: boolean;
  readonly autoRecovery: boolean;
  readonly ebsOptimized: string;
  readonly ebsNvme: string;
  readonly ebsEncryption: string;
  readonly placement: readonly string[];
  readonly nitroTpm?: string;
  readonly nitroEnclaves?: string;
  readonly gpus?: readonly Accelerator[];
  readonly fpgas?: readonly Accelerator[];
}

export interface Accelerator {
  readonly name: string;
  readonly manufacturer: string;
  readonly count: number;
  readonly memoryMiB: number;
}

/** The columns of `data/instance-types.json`, from answers of DescribeInstanceTypes; the last ones may be absent. */
type Row = readonly [
  vCpus: number,
  cores: number | null,
  threadsPerCore: number | null,
  memoryMiB: number,
  networkPerformance: string,
  networkInterfaces: number,
  ipv4PerInterface: number,
  ipv6PerInterface: number,
  ebsBaselineMbps?: number | null,
  ebsMaximumMbps?: number | null,
  localStorageGB?: number | null,
];

interface FamilyData {
  readonly sizes: Readonly<Record<string, Row>>;
  /** Where a size differs from its family. */
  readonly except?: Readonly<Record<string, Partial<FamilyTraits>>>;
}

const { everyFamily, families } = familyData as unknown as {
  everyFamily: Partial<FamilyTraits>;
  families: Readonly<Record<string, Partial<FamilyTraits> & FamilyData>>;
};

/** Every instance type by name, smallest first within its family. The order is what `data/offerings.json` counts by. */
export const instanceTypes: ReadonlyMap<string, InstanceTypeFacts> = new Map(
  Object.entries(families).flatMap(([family, { sizes, except, ...traits }]) =>
    Object.entries(sizes).map(([size, row]) => {
      const merged = { ...everyFamily, ...traits, ...except?.[size] } as FamilyTraits;
      return [`${family}.${size}`, factsOf(`${family}.${size}`, row, merged)] as const;
    }),
  ),
);

function factsOf(name: string, row: Row, traits: FamilyTraits): InstanceTypeFacts {
  return {
    name,
    vCpus: row[0],
    cores: row[1] ?? undefined,
    threadsPerCore: row[2] ?? undefined,
    memoryMiB: row[3],
    networkPerformance: row[4],
    networkInterfaces: row[5],
    ipv4PerInterface: row[6],
    ipv6PerInterface: row[7],
    ebsBaselineMbps: row[8] ?? undefined,
    ebsMaximumMbps: row[9] ?? undefined,
    localStorageGB: row[10] ?? undefined,
    traits,
  };
}

/** One bit for each instance type, in the order of `instanceTypes`, by zone id. */
const offered = new Map(
  Object.entries(offeringData as Record<string, string>).map(([zoneId, bits]) => [zoneId, Buffer.from(bits, "base64")]),
);

/** Names of the instance types that can be launched in a zone, in the order of `instanceTypes`. */
export function typesOfferedInZone(zoneId: string): string[] {
  const bits = offered.get(zoneId);
  return bits ? [...instanceTypes.keys()].filter((_, i) => ((bits[i >> 3] ?? 0) & (1 << (i & 7))) !== 0) : [];
}

/** Names of the instance types that can be launched somewhere in a region. */
export function typesOfferedInRegion(region: string): string[] {
  const somewhere = new Set(zonesOf(region).flatMap(([, id]) => typesOfferedInZone(id)));
  return [...instanceTypes.keys()].filter((name) => somewhere.has(name));
}
