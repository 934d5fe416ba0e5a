import type {
  DescribeInstanceTypeOfferingsRequest,
  DescribeInstanceTypeOfferingsResult,
  DescribeInstanceTypesRequest,
  DescribeInstanceTypesResult,
  InstanceTypeOffering,
} from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../service";
import { keepMatching, type FilterFields } from "./filters";
import { instanceTypes, typesOfferedInRegion, typesOfferedInZone, type InstanceTypeFacts } from "./instance-type-data";
import { instanceTypeAnswer } from "./instance-type-answer";
import { pageOf } from "./pages";
import { zonesOf } from "./regions";

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What EC2 offers in the region, a hundred types a page. Fails with InvalidInstanceType for a name not offered there. */
export function describeInstanceTypes(ctx: Context, input: DescribeInstanceTypesRequest): DescribeInstanceTypesResult {
  const here = typesOfferedInRegion(ctx.region);
  if (input.InstanceTypes?.length && input.MaxResults !== undefined) {
    throw new AwsError(
      "InvalidParameterCombination",
      "The parameter instanceTypes cannot be used with the parameter maxResults",
    );
  }
  refuseUnknownTypes(input.InstanceTypes, new Set(here));
  const asked = new Set<string>(input.InstanceTypes?.length ? input.InstanceTypes : here);
  const candidates = here.filter((name) => asked.has(name)).toSorted(byName);
  const facts = candidates.flatMap((name) => instanceTypes.get(name) ?? []);
  const page = pageOf(keepMatching(facts, input.Filters, typeFilters), (type) => type.name, input, {
    least: 5,
    most: 100,
    usual: 100,
  });
  return { InstanceTypes: page.items.map(instanceTypeAnswer), NextToken: page.nextToken };
}

function refuseUnknownTypes(asked: readonly string[] | undefined, known: ReadonlySet<string>): void {
  const unknown = (asked ?? []).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new AwsError(
    "InvalidInstanceType",
    `The following supplied instance types do not exist: [${unknown.join(", ")}]`,
  );
}

/** The filters of DescribeInstanceTypes (EC2 API reference) that our facts can answer. */
const typeFilters: FilterFields<InstanceTypeFacts> = {
  "auto-recovery-supported": (type) => [type.traits.autoRecovery],
  "bare-metal": (type) => [type.traits.bareMetal],
  "burstable-performance-supported": (type) => [type.traits.burstable],
  "current-generation": (type) => [type.traits.current],
  "dedicated-hosts-supported": (type) => [type.traits.dedicatedHosts],
  "ebs-info.ebs-optimized-support": (type) => [type.traits.ebsOptimized],
  "ebs-info.encryption-support": (type) => [type.traits.ebsEncryption],
  "ebs-info.nvme-support": (type) => [type.traits.ebsNvme],
  "free-tier-eligible": (type) => [type.traits.freeTier],
  "hibernation-supported": (type) => [type.traits.hibernation],
  hypervisor: (type) => [type.traits.hypervisor ?? undefined],
  "instance-storage-info.total-size-in-gb": (type) => [type.localStorageGB],
  "instance-storage-supported": (type) => [type.localStorageGB !== undefined],
  "instance-type": (type) => [type.name],
  "memory-info.size-in-mib": (type) => [type.memoryMiB],
  "network-info.efa-supported": (type) => [type.traits.efa],
  "network-info.ena-support": (type) => [type.traits.ena],
  "network-info.encryption-in-transit-supported": (type) => [type.traits.encryptedTransit],
  "network-info.ipv4-addresses-per-interface": (type) => [type.ipv4PerInterface],
  "network-info.ipv6-addresses-per-interface": (type) => [type.ipv6PerInterface],
  "network-info.ipv6-supported": (type) => [type.traits.ipv6],
  "network-info.maximum-network-interfaces": (type) => [type.networkInterfaces],
  "network-info.network-performance": (type) => [type.networkPerformance],
  "nitro-enclaves-support": (type) => [type.traits.nitroEnclaves],
  "nitro-tpm-support": (type) => [type.traits.nitroTpm],
  "processor-info.supported-architecture": (type) => type.traits.architectures,
  "processor-info.sustained-clock-speed-in-ghz": (type) => [type.traits.clockGhz],
  "supported-boot-mode": (type) => type.traits.bootModes,
  "supported-root-device-type": (type) => type.traits.rootDevices,
  "supported-usage-class": (type) => type.traits.usage,
  "supported-virtualization-type": (type) => type.traits.virtualization,
  "vcpu-info.default-cores": (type) => [type.cores],
  "vcpu-info.default-threads-per-core": (type) => [type.threadsPerCore],
  "vcpu-info.default-vcpus": (type) => [type.vCpus],
};

/** Which types can be launched where: in the region, or in each of its zones by name or id. */
export function describeInstanceTypeOfferings(
  ctx: Context,
  input: DescribeInstanceTypeOfferingsRequest,
): DescribeInstanceTypeOfferingsResult {
  const offerings = offeringsBy(ctx.region, input.LocationType ?? "region").toSorted((a, b) => byName(key(a), key(b)));
  const matching = keepMatching(offerings, input.Filters, {
    "instance-type": (offering) => [offering.InstanceType],
    location: (offering) => [offering.Location],
  });
  const page = pageOf(matching, key, input, { least: 5, most: 1000, usual: 1000 });
  return { InstanceTypeOfferings: page.items, NextToken: page.nextToken };
}

const key = (offering: InstanceTypeOffering): string => `${offering.InstanceType} ${offering.Location}`;

function offeringsBy(region: string, locationType: string): InstanceTypeOffering[] {
  const at = (location: string, names: readonly string[]): InstanceTypeOffering[] =>
    names.map((name) => ({
      InstanceType: name as InstanceTypeOffering["InstanceType"],
      LocationType: locationType as InstanceTypeOffering["LocationType"],
      Location: location,
    }));
  switch (locationType) {
    case "region":
      return at(region, typesOfferedInRegion(region));
    case "availability-zone":
      return zonesOf(region).flatMap(([name, id]) => at(name, typesOfferedInZone(id)));
    case "availability-zone-id":
      return zonesOf(region).flatMap(([, id]) => at(id, typesOfferedInZone(id)));
    default:
      return [];
  }
}
