import type {
  AvailabilityZone,
  DescribeAvailabilityZonesRequest,
  DescribeAvailabilityZonesResult,
  DescribeRegionsRequest,
  DescribeRegionsResult,
  Region,
} from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../service";
import regionData from "./data/regions.json";
import { keepMatching } from "./filters";

/** A commercial region: whether an account must opt in to it, and its zones, name by id, as one account sees them. */
interface RegionFacts {
  readonly optIn: string;
  readonly zones: Readonly<Record<string, string>>;
}

const regions = new Map<string, RegionFacts>(
  Object.entries(regionData as Record<string, { optIn: string; zones: Record<string, string> }>),
);

/** Whether the region exists and a new account may use it without opting in. */
export function regionIsEnabled(name: string): boolean {
  return regions.get(name)?.optIn === "opt-in-not-required";
}

/** Names of the region's zones with their ids; empty for a region that does not exist. */
export function zonesOf(region: string): readonly (readonly [name: string, id: string])[] {
  return Object.entries(regions.get(region)?.zones ?? {});
}

/** Regions the account may use; with AllRegions (or when asked for by name) those it has not opted in to as well. */
export function describeRegions(_ctx: Context, input: DescribeRegionsRequest): DescribeRegionsResult {
  const unknown = (input.RegionNames ?? []).filter((name) => !regions.has(name));
  if (unknown.length > 0) {
    throw new AwsError("InvalidParameterValue", `Invalid region name: ${unknown.join(", ")}`);
  }
  const named = input.RegionNames?.length ? new Set(input.RegionNames) : undefined;
  const candidates = [...regions]
    .filter(([name, facts]) => named?.has(name) ?? (input.AllRegions || facts.optIn !== "not-opted-in"))
    .map(([name, facts]): Region => regionAnswer(name, facts));
  return {
    Regions: keepMatching(candidates, input.Filters, {
      endpoint: (region) => [region.Endpoint],
      "region-name": (region) => [region.RegionName],
      "opt-in-status": (region) => [region.OptInStatus],
    }),
  };
}

function regionAnswer(name: string, facts: RegionFacts): Region {
  return { RegionName: name, Endpoint: `ec2.${name}.amazonaws.com`, OptInStatus: facts.optIn };
}

/** The zones of the region that the request is signed for. */
export function describeAvailabilityZones(
  ctx: Context,
  input: DescribeAvailabilityZonesRequest,
): DescribeAvailabilityZonesResult {
  const zones = zonesOf(ctx.region).map(([name, id]): AvailabilityZone => zoneAnswer(ctx.region, name, id));
  refuseUnknown(input.ZoneNames, new Set(zones.map((zone) => zone.ZoneName)), "availability zones");
  refuseUnknown(input.ZoneIds, new Set(zones.map((zone) => zone.ZoneId)), "availability zone ids");
  const asked = zones.filter(
    (zone) =>
      (!input.ZoneNames?.length || input.ZoneNames.includes(zone.ZoneName ?? "")) &&
      (!input.ZoneIds?.length || input.ZoneIds.includes(zone.ZoneId ?? "")),
  );
  return {
    AvailabilityZones: keepMatching(asked, input.Filters, {
      "group-name": (zone) => [zone.GroupName],
      "opt-in-status": (zone) => [zone.OptInStatus],
      "region-name": (zone) => [zone.RegionName],
      state: (zone) => [zone.State],
      "zone-id": (zone) => [zone.ZoneId],
      "zone-name": (zone) => [zone.ZoneName],
      "zone-type": (zone) => [zone.ZoneType],
    }),
  };
}

function refuseUnknown(asked: readonly string[] | undefined, known: ReadonlySet<unknown>, kind: string): void {
  const unknown = (asked ?? []).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new AwsError("InvalidParameterValue", `Invalid ${kind}: [${unknown.join(", ")}]`);
}

function zoneAnswer(region: string, name: string, id: string): AvailabilityZone {
  return {
    State: "available",
    OptInStatus: "opt-in-not-required",
    Messages: [],
    RegionName: region,
    ZoneName: name,
    ZoneId: id,
    GroupName: `${region}-zg-1`,
    NetworkBorderGroup: region,
    ZoneType: "availability-zone",
  };
}
