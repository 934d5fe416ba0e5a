import { instanceTypeFacts } from "../../marketplace/instance-types";
import type { Properties } from "../provider";
import { same } from "../same";
import { holdsUnknown, isUnknown } from "../unknown";

/**
 * Properties that AWS cannot change in a released listing, so that a new listing has to take its place: the pricing model
 * and its currency (error INCOMPATIBLE_PRICING_MODEL, Work with private offers), and the CPU architecture, to which a
 * product is bound by its latest version.
 */
export function replacedBy(olds: Properties, news: Properties): string[] {
  const replaces: string[] = [];
  const [oldPricing, newPricing] = [membersOf(olds.pricing), membersOf(news.pricing)];
  const differs = (name: string) => {
    const [before, after] = [oldPricing.get(name), newPricing.get(name)];
    return before !== undefined && after !== undefined && !holdsUnknown(after) && !same(before, after);
  };
  if (differs("model") || differs("currency")) replaces.push("pricing");
  const [before, after] = [architecturesOf(olds.instanceTypes), architecturesOf(news.instanceTypes)];
  if (before.size > 0 && after.size > 0 && ![...before].some((architecture) => after.has(architecture)))
    replaces.push("instanceTypes");
  return replaces;
}

/**
 * A version keeps its image for ever: a new image is a new version (Work with AMI-based products, UpdateDeliveryOptions).
 * What was declared before does not tell, as a run may have failed before the version was made; `olds` is the state.
 * @throws naming every version whose image would change.
 */
export function refuseNewImages(olds: Properties, news: Properties): void {
  const before = new Map(versionsOf(olds).map(({ title, image }) => [title, image]));
  const reasons = versionsOf(news).flatMap(({ title, image }, i) => {
    const old = before.get(title)?.amiId;
    if (old === undefined || image.amiId === undefined || isUnknown(image.amiId) || old === image.amiId) return [];
    return `versions[${i}].image.amiId: Version ${title} is made of ${old}, and AWS keeps it so. Give ${image.amiId} a version title of its own.`;
  });
  if (reasons.length === 0) return;
  const refused = new Error(reasons.join("\n"));
  // Pulumi's host prints the stack beside the message; to a person it says nothing.
  refused.stack = "";
  throw refused;
}

function architecturesOf(instanceTypes: unknown): Set<string> {
  const types = Array.isArray(instanceTypes) ? instanceTypes.filter((type) => typeof type === "string") : [];
  return new Set(types.flatMap((type) => instanceTypeFacts(type)?.architecture ?? []));
}

interface VersionImage {
  readonly title: string;
  readonly image: { readonly amiId?: string };
}

function versionsOf({ versions }: Properties): VersionImage[] {
  if (!Array.isArray(versions)) return [];
  return versions.map((version: unknown) => {
    const members = membersOf(version);
    const amiId = membersOf(members.get("image")).get("amiId");
    return { title: String(members.get("title")), image: { amiId: typeof amiId === "string" ? amiId : undefined } };
  });
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
}
