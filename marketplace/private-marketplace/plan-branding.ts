import type { Change, JsonObject } from "../changes/change-type";
import { checkLogo, defaultBranding } from "../changes/experience/branding";
import { unless, type Problem } from "../problem";
import { changeOf, checkDeclared, type BrandingSpec } from "./declared";

export const brandingProperties = {
  Name: "name",
  Title: "title",
  Information: "information",
  ThemeColor: "themeColor",
  LogoUrl: "logoUrl",
};

export type BrandingDocument = JsonObject & {
  readonly Name: string | null;
  readonly Configuration: {
    readonly Title?: string;
    readonly Information?: string;
    readonly ThemeColor?: string;
    readonly LogoUrl?: string;
  };
};

export function checkBranding(wanted: BrandingSpec): Problem[] {
  const { name, logoUrl, themeColor } = wanted;
  const details = { Name: name, Configuration: asConfiguration(wanted) };
  const found = checkDeclared("CreateBrandingSettings", details, brandingProperties);
  return [
    ...found.filter(({ path }) => path !== "themeColor"),
    ...unless(
      found.every(({ path }) => path !== "themeColor"),
      "INVALID_INPUT",
      "themeColor",
      `A colour is written like "#232F3E", not ${JSON.stringify(themeColor)}.`,
    ),
    ...(typeof logoUrl === "string" && /^https?:/.test(logoUrl) ? checkLogo(logoUrl, "logoUrl") : []),
  ];
}

/**
 * What brings the branding to its declaration. Title and colour that are not declared are AWS's own; information and
 * logo then stay, since AWS cannot clear them. AWS keeps a copy of the logo at an address of its own.
 * @param submittedLogo the address that was last submitted, for comparison.
 */
export function planBranding(
  experienceId: string,
  seen: BrandingDocument | undefined,
  wanted: BrandingSpec,
  submittedLogo: string | undefined,
): Change[] {
  const configuration = { ...defaultBranding, ...asConfiguration(wanted) };
  if (seen === undefined) {
    const details = { Name: wanted.name, Configuration: configuration };
    return [changeOf("CreateBrandingSettings", experienceId, details)];
  }
  const now = { ...seen.Configuration, LogoUrl: submittedLogo ?? seen.Configuration.LogoUrl };
  const changed = Object.entries(configuration).filter(
    ([name, value]) => value !== undefined && value !== now[name as keyof typeof now],
  );
  const details = {
    ...(wanted.name !== seen.Name && { Name: wanted.name }),
    ...(changed.length > 0 && { Configuration: Object.fromEntries(changed) }),
  };
  return Object.keys(details).length === 0 ? [] : [changeOf("UpdateBrandingSettings", experienceId, details)];
}

/** Only what is declared: an undefined member would stand in the way of a default. */
function asConfiguration({ title, information, themeColor, logoUrl }: BrandingSpec) {
  return {
    ...(title !== undefined && { Title: title }),
    ...(information !== undefined && { Information: information }),
    ...(themeColor !== undefined && { ThemeColor: themeColor }),
    ...(logoUrl !== undefined && { LogoUrl: logoUrl }),
  };
}
