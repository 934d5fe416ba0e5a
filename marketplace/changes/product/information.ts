import { categoryLike, isCategory } from "../../categories";
import type { Problem } from "../../problem";
import { quoted, repeated, unless } from "../../problem";
import type { Media } from "./product";

/** The document of UpdateInformation: what it leaves out stays as it is. */
export type Information = {
  readonly ProductTitle?: string;
  readonly ShortDescription?: string;
  readonly LongDescription?: string;
  readonly Sku?: string | null;
  readonly LogoUrl?: string;
  readonly VideoUrls?: readonly string[];
  readonly Highlights?: readonly string[];
  readonly AdditionalResources?: readonly { readonly Text: string; readonly Url: string }[];
  readonly SupportDescription?: string;
  readonly Categories?: readonly string[];
  readonly AssociatedProducts?: readonly string[];
  readonly SearchKeywords?: readonly string[];
  readonly PromotionalMedia?: readonly Media[];
};

/** Characters that the search keywords of a product may have together. */
export const mostKeywordCharacters = 250;

/** Rules on what a listing says of itself (Catalog API, Work with seller products, Update product information). */
export function checkInformation(details: Information): Problem[] {
  return [
    ...unless(Object.keys(details).length > 0, "MISSING_DATA", "", "Give at least one attribute to update."),
    ...checkTexts(details),
    ...checkKeywords(details.SearchKeywords ?? []),
    ...checkCategories(details.Categories ?? []),
    ...checkLogo(details.LogoUrl),
    ...checkMedia(details.PromotionalMedia ?? []),
    ...(details.VideoUrls ?? []).flatMap((url, i) => checkMediaUrl(url, `VideoUrls[${i}]`)),
  ];
}

function checkTexts(details: Information): Problem[] {
  const names = ["ProductTitle", "ShortDescription", "LongDescription", "SupportDescription"] as const;
  return [
    ...names.flatMap((name) => checkText(details[name] ?? "", name)),
    ...(details.Highlights ?? []).flatMap((text, i) => [
      ...unless(text.trim() !== "", "INVALID_INPUT", `Highlights[${i}]`, "A highlight may not be empty."),
      ...checkText(text, `Highlights[${i}]`),
    ]),
  ];
}

/** Control characters, and a space before a trademark sign, are refused in any text. */
export function checkText(text: string, path: string, code = "INVALID_INPUT"): Problem[] {
  return [
    ...unless(!hasControlCharacter(text), code, path, "The text holds a control character, which is not allowed."),
    ...unless(!/\s[\u2122\u00AE\u00A9]/.test(text), code, path, "Remove the space before the trademark sign."),
  ];
}

function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 127 || (unit < 32 && unit !== 9 && unit !== 10 && unit !== 13)) return true;
  }
  return false;
}

function checkKeywords(keywords: readonly string[]): Problem[] {
  const length = keywords.reduce((sum, keyword) => sum + keyword.length, 0);
  const most = mostKeywordCharacters;
  return [
    ...unless(
      length <= most,
      "INVALID_INPUT",
      "SearchKeywords",
      `The keywords have ${length} characters together; at most ${most} are allowed.`,
    ),
    ...keywords.flatMap((keyword, i) =>
      unless(keyword.trim() !== "", "INVALID_INPUT", `SearchKeywords[${i}]`, "A keyword may not be empty."),
    ),
  ];
}

function checkCategories(names: readonly string[]): Problem[] {
  return [
    ...names.flatMap((name, i) => {
      if (isCategory(name)) return [];
      const like = categoryLike(name);
      const hint = like ? `Did you mean ${JSON.stringify(like)}?` : "See the product categories of the seller guide.";
      return unless(
        false,
        "INVALID_CATEGORY_NAMES",
        `Categories[${i}]`,
        `${quoted([name])} is not a category. ${hint}`,
      );
    }),
    ...repeated(names).map((name) => ({
      code: "INVALID_CATEGORY_NAMES",
      path: "Categories",
      message: `${quoted([name])} is given twice.`,
    })),
  ];
}

function checkLogo(url: string | undefined): Problem[] {
  const kind = /\.([a-z0-9]{1,8})$/i.exec(url ?? "")?.[1]?.toLowerCase();
  const fine = kind === undefined || ["png", "jpg", "jpeg", "gif"].includes(kind);
  return unless(fine, "InvalidImageProperties", "LogoUrl", `A logo is a png, jpg or gif file, not ${kind}.`);
}

function checkMedia(media: readonly Media[]): Problem[] {
  const urls = media.flatMap(({ Url }) => Url ?? []);
  return [
    ...media.flatMap(({ Url }, i) =>
      Url === undefined
        ? unless(false, "INVALID_MEDIA", `PromotionalMedia[${i}].Url`, "Give the URL of the image or video.")
        : checkMediaUrl(Url, `PromotionalMedia[${i}].Url`),
    ),
    ...repeated(urls).map((url) => ({
      code: "DUPLICATE_MEDIA",
      path: "PromotionalMedia",
      message: `${quoted([url])} is given twice.`,
    })),
  ];
}

function checkMediaUrl(url: string, path: string): Problem[] {
  const fine = /^https?:\/\/[^\s/]+\.[^\s]+$/.test(url) && url.length <= 2048;
  return unless(fine, "INVALID_MEDIA", path, "Give a web address of at most 2048 characters.");
}
