import type { Problem } from "../../problem";
import { quoted, unless } from "../../problem";
import type { ChangeType, Entity, JsonObject } from "../change-type";
import { anyText, matching, object } from "../document-shapes";
import {
  besideExperience,
  checkActive,
  childOf,
  descriptionSchema,
  experienceOf,
  experienceType,
  nameSchema,
  withExperience,
} from "./experience";

export const brandingType = "BrandingSettings@1.0";

type Configuration = {
  readonly Title?: string;
  readonly Information?: string;
  readonly ThemeColor?: string;
  readonly LogoUrl?: string;
};
type Details = { readonly Name?: string; readonly Description?: string; readonly Configuration?: Configuration };

/** What a private marketplace looks like before anybody brands it: Work with private marketplaces, CreateBrandingSettings. */
export const defaultBranding = { Title: "Private Marketplace", ThemeColor: "#232F3E" } as const;

const shape = {
  Name: nameSchema,
  Description: descriptionSchema,
  Configuration: object({
    Title: anyText(50, 1),
    Information: anyText(1000, 1),
    ThemeColor: matching("^#[0-9A-Fa-f]{6}$", 7, 7),
    LogoUrl: matching("^https?:\\/\\/.*$", 2048, 1),
  }),
};

export const createBrandingSettings: ChangeType<Details> = {
  changeType: "CreateBrandingSettings",
  entityType: experienceType,
  schema: object(shape, ["Name"]),
  check: (_world, entity, { Configuration }) => {
    const [id] = experienceOf(entity).BrandingSettings;
    const message = `Experience ${entity.id} has the branding settings ${id}. Change those with UpdateBrandingSettings.`;
    return [
      ...checkActive(entity),
      ...unless(id === undefined, "ENTITY_ALREADY_EXISTS", "", message),
      ...checkLogo(Configuration?.LogoUrl),
    ];
  },
  apply: (world, entity, { Name, Description, Configuration }) => {
    const details: JsonObject = {
      Name: Name ?? null,
      Description: Description ?? null,
      Configuration: { ...defaultBranding, ...Configuration },
    };
    const branding = { ...besideExperience(world, entity, brandingType, "brandsettings"), details };
    return { ...withExperience(entity, { BrandingSettings: [branding.id] }), beside: [branding] };
  },
};

/** Merges title, information, colour and logo; what is left out stays. */
export const updateBrandingSettings: ChangeType<Details> = {
  changeType: "UpdateBrandingSettings",
  entityType: experienceType,
  schema: object(shape),
  check: (world, entity, { Configuration }) => [
    ...checkActive(entity),
    ...unless(
      childOf(world, experienceOf(entity).BrandingSettings) !== undefined,
      "ENTITY_NOT_FOUND",
      "",
      `Experience ${entity.id} has no branding settings. Make them with CreateBrandingSettings first.`,
    ),
    ...checkLogo(Configuration?.LogoUrl),
  ],
  apply: (world, entity, details) => {
    const branding = childOf(world, experienceOf(entity).BrandingSettings);
    if (branding === undefined) return entity;
    const Configuration = { ...configurationOf(branding), ...details.Configuration };
    return { ...entity, beside: [{ ...branding, details: { ...branding.details, ...details, Configuration } }] };
  },
};

/** Branding settings are made by CreateBrandingSettings alone, which gives them a configuration. */
function configurationOf({ details }: Entity): Configuration {
  return details["Configuration"] as Configuration;
}

/** The address is judged as far as it tells; what it leads to is for whoever fetches it. */
export function checkLogo(url: string | undefined, path = "Configuration.LogoUrl"): Problem[] {
  if (url === undefined) return [];
  const [, host = "", file = ""] = /^https?:\/\/([^/?#\s]+)([^?#\s]*)\S*$/.exec(url) ?? [];
  if (!/^[\w-]+(\.[\w-]+)+(:\d+)?$/.test(host) && !/^localhost(:\d+)?$/.test(host)) {
    return unless(false, "INVALID_URL", path, `${quoted([url])} is not an address that a logo can be fetched from.`);
  }
  const [, extension] = /\.([a-z0-9]{1,8})$/i.exec(file) ?? [];
  const fine = extension === undefined || ["png", "svg"].includes(extension.toLowerCase());
  return unless(fine, "INVALID_IMAGE", path, `A logo is a png or svg file of at most 500 KB, not ${extension}.`);
}
