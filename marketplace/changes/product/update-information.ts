import type { ChangeType } from "../change-type";
import { anyText, list, matching, nullable, object, text, whole } from "../document-shapes";
import { uuidFrom } from "../uuid";
import { checkInformation, type Information } from "./information";
import { documentOf, type ProductDocument, type ProductType, withFacets } from "./product";

/** Merges the given attributes into what the listing says of itself. */
export const updateInformation = (entityType: ProductType): ChangeType<Information> => ({
  changeType: "UpdateInformation",
  entityType,
  schema: object({
    ProductTitle: text(72),
    ShortDescription: text(1000),
    LongDescription: text(5000),
    Sku: nullable(text(5000)),
    LogoUrl: matching("^https:\\/\\/(www\\.)?[-a-zA-Z0-9@._]{1,256}\\.[a-zA-Z0-9()]{2,63}\\b([-a-zA-Z0-9@_+.\\/]*)"),
    VideoUrls: list(anyText(), 0, 1),
    Highlights: list(anyText(500, 0), 1, 3),
    AdditionalResources: list(
      whole({
        Text: text(500),
        Url: matching(
          "^https?:\\/\\/(www\\.)?[-a-zA-Z0-9@:%._+~#=]{1,256}\\.[a-zA-Z0-9()]{2,63}\\b([-a-zA-Z0-9()@:%_+.~#?&\\/=, ]*)$",
        ),
      }),
      0,
      3,
    ),
    SupportDescription: text(2000),
    Categories: list(anyText(), 1, 3),
    AssociatedProducts: list(anyText(), 1, 10),
    SearchKeywords: list(anyText(50), 1, 15),
    PromotionalMedia: {
      type: "array",
      maxItems: 15,
      items: {
        type: "object",
        properties: {
          Type: { enum: ["Image", "Video"] },
          Url: anyText(2048),
          Title: anyText(100),
          Description: anyText(200),
          PreviewUrl: anyText(2048),
        },
      },
    },
  }),
  check: (_world, _entity, details) => checkInformation(details),
  apply: (_world, entity, details) =>
    withFacets(
      entity,
      {
        Description: mergeDescription(documentOf(entity).Description, details),
        PromotionalResources: mergeResources(entity.id, documentOf(entity).PromotionalResources, details),
        ...(details.SupportDescription === undefined
          ? {}
          : { SupportInformation: { Description: details.SupportDescription } }),
      },
      details.LogoUrl === undefined ? {} : { LogoUrl: details.LogoUrl },
    ),
});

type Description = ProductDocument["Description"];

function mergeDescription(before: Description, details: Information): Description {
  return {
    ...before,
    ProductTitle: details.ProductTitle ?? before.ProductTitle,
    ShortDescription: details.ShortDescription ?? before.ShortDescription,
    LongDescription: details.LongDescription ?? before.LongDescription,
    Sku: details.Sku === undefined ? before.Sku : details.Sku,
    Highlights: details.Highlights ?? before.Highlights,
    AssociatedProducts: details.AssociatedProducts ?? before.AssociatedProducts,
    SearchKeywords: details.SearchKeywords ?? before.SearchKeywords,
    Categories: details.Categories ?? before.Categories,
  };
}

function mergeResources(
  productId: string,
  before: ProductDocument["PromotionalResources"],
  { LogoUrl, VideoUrls, AdditionalResources, PromotionalMedia }: Information,
): ProductDocument["PromotionalResources"] {
  const media = PromotionalMedia ?? before?.PromotionalMedia;
  const logo = LogoUrl === undefined ? before?.LogoUrl : logoCopy(productId, LogoUrl);
  return {
    ...(logo === undefined ? {} : { LogoUrl: logo }),
    Videos: VideoUrls?.map((Url) => ({ Type: "Link", Url })) ?? before?.Videos ?? [],
    AdditionalResources:
      AdditionalResources?.map(({ Text, Url }) => ({ Type: "Link", Text, Url })) ?? before?.AdditionalResources ?? [],
    ...(media === undefined ? {} : { PromotionalMedia: media }),
  };
}

/** The marketplace serves its own copy of a logo, so another address is read back than was submitted. */
function logoCopy(productId: string, url: string): string {
  const kind = /\.(png|jpe?g|gif)$/i.exec(url)?.[1]?.toLowerCase() ?? "png";
  return `https://awsmp-logos.s3.amazonaws.com/${uuidFrom(`${productId} ${url}`)}.${kind}`;
}
