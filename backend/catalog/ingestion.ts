import type { Entity } from "../../marketplace/changes/change-type";
import { deprecateCopy, ingestImage, showCopy } from "../ec2/ingestion";
import { spreadCopy } from "../ec2/regional-copies";
import type { Market } from "../service";
import { bareType } from "./arns";

/** The parts of an AMI product that its images depend on. */
interface AmiProduct {
  readonly Description: { readonly ProductCode: string; readonly Visibility: string };
  readonly Targeting?: { readonly PositiveTargeting?: { readonly BuyerAccounts?: readonly string[] } };
  readonly Versions?: readonly Version[];
  readonly RegionAvailability?: { readonly Regions: readonly string[]; readonly Restrict: readonly string[] };
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
 * under the ids that the versions show (Work with AMI-based products), in every region that the product is offered in
 * under an id of that region's, shows the copies to those who may see the product, and deprecates those of delivery options that the set restricts.
 */
export function keepImages(market: Market, entity: Entity, before: Entity | undefined): void {
  if (bareType(entity.type) !== "AmiProduct") return;
  const product = entity.details as unknown as AmiProduct;
  const was = before?.details as unknown as AmiProduct | undefined;
  if (product.Versions === undefined || (was !== undefined && looksTheSame(was, product))) return;
  const { AmiSources = {} } = entity.submitted as Submissions;
  const deprecated = restrictedOptions(was);
  for (const { Sources, DeliveryOptions } of product.Versions) {
    for (const { Id, SourceId, Visibility } of DeliveryOptions) {
      const copyId = Sources.find((source) => source.Id === SourceId)?.Image;
      const amiId = AmiSources[Id]?.AmiId;
      if (copyId === undefined || amiId === undefined) continue;
      ingestImage(market, amiId, {
        productCode: product.Description.ProductCode,
        product: entity.id,
        copyId,
      });
      if (Visibility !== "Restricted") showCopy(market, copyId, viewers(product));
      else if (!deprecated.has(Id)) deprecateCopy(market, copyId);
      spreadCopy(market, copyId, regionsOf(product));
    }
  }
}

/** Facets that a change set leaves alone stay the very same objects. */
function looksTheSame(was: AmiProduct, is: AmiProduct): boolean {
  return (
    was.Versions === is.Versions &&
    was.Targeting === is.Targeting &&
    was.RegionAvailability === is.RegionAvailability &&
    was.Description.Visibility === is.Description.Visibility
  );
}

/** A region that is closed keeps its image for those who run it there. */
function regionsOf({ RegionAvailability }: AmiProduct): string[] {
  return [...(RegionAvailability?.Regions ?? []), ...(RegionAvailability?.Restrict ?? [])];
}

function restrictedOptions(product: AmiProduct | undefined): ReadonlySet<string> {
  const options = (product?.Versions ?? []).flatMap((version) => version.DeliveryOptions);
  return new Set(options.filter(({ Visibility }) => Visibility === "Restricted").map(({ Id }) => Id));
}

/** A limited product is there for its allowlist; one that is a draft or restricted takes no new buyers. */
function viewers({ Description, Targeting }: AmiProduct): "everybody" | readonly string[] {
  if (Description.Visibility === "Public") return "everybody";
  return Description.Visibility === "Limited" ? (Targeting?.PositiveTargeting?.BuyerAccounts ?? []) : [];
}
