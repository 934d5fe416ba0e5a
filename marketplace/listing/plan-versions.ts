import type { Problem } from "../problem";
import { quoted } from "../problem";
import {
  isOpen,
  submissionsOf,
  versionsOf,
  visibilityOf,
  type DeliveryOption,
  type Version,
} from "../changes/ami-product/product";
import type { Entity, Json } from "../changes/change-type";
import { launchOf, newVersionOf } from "./documents";
import type { AmiListing, AmiVersionSpec } from "./listing";
import { change, type ObservedListing, type PartialPlan } from "./plan-parts";
import type { PlannedChange } from "./property-of";
import { same } from "./same";

/** Versions to add, to reword and to close. A set holds one change of a kind, so several need several sets. */
export function planVersions({ versions }: AmiListing, { product }: ObservedListing): PartialPlan {
  const present = versionsOf(product);
  const adds: PlannedChange[] = [];
  const updates: PlannedChange[] = [];
  const problems: Problem[] = [];
  for (const [index, wanted] of versions.entries()) {
    const version = present.find(({ VersionTitle }) => VersionTitle === wanted.title);
    if (!version) {
      adds.push({ ...change("AddDeliveryOptions", product, newVersionOf(wanted) as Json), version: index });
      continue;
    }
    problems.push(...fixedParts(product, wanted, version, `versions[${index}]`));
    const details = isOpen(version) ? rewording(wanted, version) : undefined;
    if (details) updates.push({ ...change("UpdateDeliveryOptions", product, details), version: index });
  }
  const closing = planClosing(versions, product);
  return {
    changes: [...adds.slice(0, 1), ...updates.slice(0, 1), ...closing.changes],
    problems: [...problems, ...closing.problems],
    more: adds.length > 1 || updates.length > 1,
  };
}

function planClosing(wanted: readonly AmiVersionSpec[], product: Entity): Omit<PartialPlan, "more"> {
  const gone = versionsOf(product).filter(
    (version) => isOpen(version) && !wanted.some(({ title }) => title === version.VersionTitle),
  );
  if (gone.length === 0) return { changes: [], problems: [] };
  if (visibilityOf(product) !== "Public") {
    const titles = quoted(gone.map(({ VersionTitle }) => VersionTitle));
    const message = `${titles} cannot be withdrawn: AWS restricts versions of Public products only. Declare it until the listing is Public.`;
    return { changes: [], problems: [{ code: "INVALID_PRODUCT", path: "versions", message }] };
  }
  const ids = gone.flatMap(({ DeliveryOptions }) => DeliveryOptions.filter(isPublic).map(({ Id }) => Id));
  return {
    changes: [change("RestrictDeliveryOptions", product, { DeliveryOptionIds: ids.slice(0, 50) })],
    problems: [],
  };
}

/** What UpdateDeliveryOptions must say, or undefined when nothing is different. */
function rewording(wanted: AmiVersionSpec, version: Version): Json | undefined {
  const option = version.DeliveryOptions.find(isPublic);
  if (!option) return undefined;
  const target = launchOf(wanted);
  const now = observedLaunch(option);
  const different = Object.entries(target).filter(([name, value]) => !same(value, now[name as keyof typeof now]));
  const notes = wanted.releaseNotes !== version.ReleaseNotes;
  if (different.length === 0 && !notes) return undefined;
  const settings =
    different.length === 0 ? {} : { Details: { AmiDeliveryOptionDetails: Object.fromEntries(different) } };
  return {
    ...(notes ? { Version: { ReleaseNotes: wanted.releaseNotes } } : {}),
    DeliveryOptions: [{ Id: option.Id, ...settings }],
  } as Json;
}

/** What a change would have to say to make a delivery option what it is. */
function observedLaunch({ Instructions, Recommendations }: DeliveryOption) {
  return {
    UsageInstructions: Instructions.Usage,
    AccessEndpointUrl: Instructions.Access,
    RecommendedInstanceType: Recommendations.InstanceType,
    SecurityGroups: Recommendations.SecurityGroups.map(({ Protocol, FromPort, ToPort, CidrIps }) => ({
      IpProtocol: Protocol,
      FromPort,
      ToPort,
      IpRanges: CidrIps,
    })),
  };
}

/** AWS cannot change a version's image, nor bring back one that was closed. */
function fixedParts(product: Entity, wanted: AmiVersionSpec, version: Version, path: string): Problem[] {
  const option = version.DeliveryOptions[0];
  const system = version.Sources[0]?.OperatingSystem;
  const image = option && submissionsOf(product).AmiSources?.[option.Id];
  const { amiId, userName, scanningPort = 22, operatingSystem } = wanted.image;
  const fixed: [property: string, now: unknown, then: unknown][] = [
    ["image.amiId", amiId, image?.AmiId],
    ["image.userName", userName, system?.Username],
    ["image.scanningPort", scanningPort, system?.ScanningPort],
    ["image.operatingSystem.name", operatingSystem.name, system?.Name],
    ["image.operatingSystem.version", operatingSystem.version, system?.Version],
    ["deliveryOptionTitle", wanted.deliveryOptionTitle ?? option?.Title, option?.Title],
  ];
  const closed = `Version ${quoted([wanted.title])} is restricted and cannot be opened again. Declare a version with another title.`;
  const endpoint = "An access endpoint cannot be taken away from a version. Declare it, or add a new version.";
  return [
    ...(isOpen(version) ? [] : [{ code: "INVALID_DELIVERY_OPTION", path, message: closed }]),
    ...(option?.Instructions.Access !== undefined && wanted.accessEndpoint === undefined
      ? [{ code: "INVALID_DELIVERY_OPTIONS", path: `${path}.accessEndpoint`, message: endpoint }]
      : []),
    ...fixed.flatMap(([property, now, then]) =>
      then === undefined || now === then ? [] : [unchangeable(`${path}.${property}`, wanted.title, String(then))],
    ),
  ];
}

function unchangeable(path: string, title: string, value: string): Problem {
  const message = `This cannot change in version ${quoted([title])}, which has ${quoted([value])}. Add a version with a new title instead.`;
  return { code: "INVALID_DELIVERY_OPTIONS", path, message };
}

function isPublic(option: DeliveryOption): boolean {
  return option.Visibility === "Public";
}
