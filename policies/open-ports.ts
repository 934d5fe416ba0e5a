import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { AmiVersionSpec } from "../marketplace/listing/ami-listing";
import { openToEverybody, portsOf } from "../marketplace/listing/open-ports";
import { resourceTypes } from "./resource-types";

interface Config {
  readonly allowedPorts?: readonly number[];
}

const webPorts = [80, 443];

/** The recommended security group is what most buyers launch with. */
export const openPorts: ResourceValidationPolicy = {
  name: "open-ports",
  description: "A version's recommended security group opens to the world what the web needs, and nothing else.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      allowedPorts: {
        type: "array",
        items: { type: "integer", minimum: 0, maximum: 65_535 },
        default: webPorts,
        description: "Ports that may be open to everybody.",
      },
    },
  },
  validateResource: ({ type, name, props, getConfig }, report) => {
    const { allowedPorts = webPorts } = getConfig<Config>();
    for (const { title, securityGroups } of versionsIn(type, props)) {
      for (const rule of openToEverybody(securityGroups, allowedPorts)) {
        const ports = `${rule.protocol} ${portsOf(rule)}`;
        report(
          `${name}: version ${title} opens ${ports} to everybody. Name the networks that need it, such as 10.0.0.0/8.`,
        );
      }
    }
  },
};

type Version = Pick<AmiVersionSpec, "title" | "securityGroups">;

/** Listings declare versions; a release pipeline adds one at a time. */
function versionsIn(type: string, props: Readonly<Record<string, unknown>>): readonly Version[] {
  if (type === resourceTypes.amiProduct) return (props["versions"] ?? []) as readonly Version[];
  if (type !== resourceTypes.amiVersion) return [];
  return [
    { title: props["title"] as string, securityGroups: (props["securityGroups"] ?? []) as Version["securityGroups"] },
  ];
}
