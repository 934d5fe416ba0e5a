import { defaultBranding } from "../../marketplace/changes/experience/branding";
import type { BrandingSpec } from "../../marketplace/private-marketplace/declared";
import {
  brandingProperties,
  checkBranding,
  planBranding,
  type BrandingDocument,
} from "../../marketplace/private-marketplace/plan-branding";
import { checkOwner } from "../ami-product/look";
import { checkProperties, textIn } from "../private-marketplace/check-properties";
import { experience, ownerOf, part, partOf, type Seen } from "../private-marketplace/experiences";
import { isLeft, refuseSecond } from "../private-marketplace/one-of-each";
import { propertyFinder, settle } from "../private-marketplace/settle";
import type { Properties } from "../provider";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";

const names = ["experienceId", "name", "title", "information", "themeColor", "logoUrl", "connection"];
const shape = { type: "BrandingSettings", names, required: ["experienceId", "name"] };
const findProperty = propertyFinder(brandingProperties);

/** How an experience looks. The id is AWS's: `brandsettings-…`. */
export const brandingSettings: Reconciler = {
  check: (_olds, news) => ({ inputs: news, failures: checkProperties(news, shape, () => checkBranding(specIn(news))) }),

  diff: (olds, news) => {
    const changed = names.filter((name) => !same(olds[name] ?? defaultOf(name), news[name] ?? defaultOf(name)));
    return { changes: changed.length > 0, replaces: changed.filter((name) => name === "experienceId") };
  },

  create: async (place, inputs) => {
    const experienceId = String(inputs.experienceId);
    await refuseSecond(place, "BrandingSettings", experienceId);
    const seen = await converge(place, experienceId, specIn(inputs), undefined);
    place.claims.held.add(seen.id);
    return { id: seen.id, outs: outputsOf(inputs, seen) };
  },

  update: async (place, _id, olds, news) => {
    checkOwner(place.account, olds.brandingArn);
    const seen = await converge(place, String(news.experienceId), specIn(news), textIn(olds.logoUrl));
    return outputsOf(news, seen);
  },

  read: async ({ account }, id, props) => {
    checkOwner(account, props.brandingArn);
    const seen = await part(account, "BrandingSettings", id);
    if (seen === undefined) return undefined;
    const experienceId = props.experienceId ?? (await ownerOf(account, "BrandingSettings", id));
    const inputs = inputsOf({ ...props, experienceId }, seen.details, props.experienceId === undefined);
    return { props: outputsOf(inputs, seen), inputs };
  },

  delete: async (place, id, props) => {
    checkOwner(place.account, props.brandingArn);
    if (!isLeft(place, id)) return;
    const experienceId = String(props.experienceId);
    const owner = await experience(place.account, experienceId);
    const seen = await part(place.account, "BrandingSettings", id);
    if (owner === undefined || seen === undefined || owner.details.AdminStatus === "Restricted") return;
    await converge(place, experienceId, { name: seen.details.Name ?? "" }, undefined);
  },
};

async function converge(
  place: Place,
  experienceId: string,
  wanted: BrandingSpec,
  submittedLogo: string | undefined,
): Promise<Seen<BrandingDocument>> {
  // Once the logo has been submitted, AWS shows the address of its copy: that is no difference.
  let submitted = submittedLogo;
  const seen = await settle(place, experienceId, {
    subject: `branding of ${experienceId}`,
    purpose: "update",
    look: (owner) => partOf(place.account, "BrandingSettings", owner),
    plan: (branding) => {
      const changes = planBranding(experienceId, branding?.details, wanted, submitted);
      submitted = wanted.logoUrl ?? submitted;
      return changes;
    },
    findProperty,
  });
  if (seen === undefined) throw new Error(`AWS said that ${experienceId} was branded, but does not show it.`);
  return seen;
}

function inputsOf(props: Properties, { Name, Configuration }: BrandingDocument, whole: boolean): Properties {
  const { Title, Information, ThemeColor, LogoUrl } = Configuration;
  const logoUrl = LogoUrl === props.logoCopyUrl ? props.logoUrl : LogoUrl;
  const shown = (name: string, value: unknown, usual?: string) =>
    value !== undefined && (whole || props[name] !== undefined || (usual !== undefined && value !== usual))
      ? { [name]: value }
      : {};
  return {
    experienceId: props.experienceId,
    name: Name ?? "",
    ...shown("title", Title, defaultBranding.Title),
    ...shown("information", Information),
    ...shown("themeColor", ThemeColor, defaultBranding.ThemeColor),
    ...shown("logoUrl", logoUrl),
    ...(props.connection !== undefined && { connection: props.connection }),
  };
}

function outputsOf(inputs: Properties, { id, arn, details }: Seen<BrandingDocument>): Properties {
  return { ...inputs, brandingId: id, brandingArn: arn, logoCopyUrl: details.Configuration.LogoUrl };
}

function defaultOf(name: string): unknown {
  return name === "title" ? defaultBranding.Title : name === "themeColor" ? defaultBranding.ThemeColor : undefined;
}

/** What `check` has let through, or is about to judge. */
function specIn({ name, title, information, themeColor, logoUrl }: Properties): BrandingSpec {
  return { name, title, information, themeColor, logoUrl } as BrandingSpec;
}
