import type { Entity, JsonObject } from "../../marketplace/changes/change-type";
import { deprecateCopy, ingestImage, showCopy } from "../ec2/ingestion";
import type { Market } from "../service";
import { bareType } from "./arns";

/** The parts of an AMI product that its images depend on. */
interface AmiProduct {
  readonly Description: { readonly ProductCode: string; readonly Visibility: string };
  readonly Targeting?: { readonly PositiveTargeting?: { readonly BuyerAccounts?: readonly string[] } };
  readonly Versions?: readonly Version[];
}

interface Version {
  readonly Sources: readonly { readonly Id: string; readonly Image: string }[];
  readonly DeliveryOptions: readonly { readonly Id: string; readonly SourceId: string; readonly Visibility: string }[];
}

interface Submissions {
  /** By delivery option id. */
  readonly AmiSources?: Readonly<Record<string, { readonly AmiId: string }>>;
}

/**
 * Does for an entity that a change set leaves behind what AWS Marketplace does with images: copies those of new versions
 * and names the copies in the product (Work with AMI-based products), shows the copies to those who may see the
 * product, and deprecates those of delivery options that it restricts. Other entities come back as they are.
 */
export function withIngestedImages(market: Market, entity: Entity, before: Entity | undefined): Entity {
  if (bareType(entity.type) !== "AmiProduct") return entity;
  const product = entity.details as unknown as AmiProduct;
  const was = before?.details as unknown as AmiProduct | undefined;
  if (product.Versions === undefined || (was !== undefined && looksTheSame(was, product))) return entity;
  const { AmiSources = {} } = entity.submitted as Submissions;
  const deprecated = restrictedOptions(was);
  const versions = product.Versions.map((version) => ingest(market, product, version, AmiSources, deprecated));
  return { ...entity, details: { ...entity.details, Versions: versions as unknown as JsonObject[] } };
}

/** Facets that a change set leaves alone stay the very same objects. */
function looksTheSame(was: AmiProduct, is: AmiProduct): boolean {
  return (
    was.Versions === is.Versions &&
    was.Targeting === is.Targeting &&
    was.Description.Visibility === is.Description.Visibility
  );
}

function restrictedOptions(product: AmiProduct | undefined): ReadonlySet<string> {
  const options = (product?.Versions ?? []).flatMap((version) => version.DeliveryOptions);
  return new Set(options.filter(({ Visibility }) => Visibility === "Restricted").map(({ Id }) => Id));
}

function ingest(
  market: Market,
  product: AmiProduct,
  version: Version,
  submitted: NonNullable<Submissions["AmiSources"]>,
  deprecated: ReadonlySet<string>,
): Version {
  const copies = new Map<string, string>();
  for (const { Id, SourceId, Visibility } of version.DeliveryOptions) {
    const amiId = submitted[Id]?.AmiId;
    if (amiId === undefined) continue;
    const copy = ingestImage(market, amiId, { productCode: product.Description.ProductCode });
    copies.set(SourceId, copy);
    if (Visibility !== "Restricted") showCopy(market, copy, viewers(product));
    else if (!deprecated.has(Id)) deprecateCopy(market, copy);
  }
  const sources = version.Sources.map((source) => ({ ...source, Image: copies.get(source.Id) ?? source.Image }));
  return { ...version, Sources: sources };
}

/** A limited product is there for its allowlist; one that is a draft or restricted takes no new buyers. */
function viewers({ Description, Targeting }: AmiProduct): "everybody" | readonly string[] {
  if (Description.Visibility === "Public") return "everybody";
  return Description.Visibility === "Limited" ? (Targeting?.PositiveTargeting?.BuyerAccounts ?? []) : [];
}
