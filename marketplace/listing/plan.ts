import type { Problem } from "../problem";
import { offerOf } from "../changes/offer/offer";
import { amiProduct, productOf, visibilityOf } from "../changes/ami-product/product";
import type { AmiListing } from "./listing";
import { newListing } from "./new-listing";
import { planOffer } from "./plan-offer";
import { planProduct } from "./plan-product";
import { planVersions } from "./plan-versions";
import { change, type ObservedListing } from "./plan-parts";
import type { PlannedChange } from "./property-of";

/** How to get from what is observed to what is declared. */
export interface ListingPlan {
  /** One change set, which may be empty. */
  readonly changes: readonly PlannedChange[];
  /** A change for a set of its own, after the other: AWS reviews it. */
  readonly visibility?: PlannedChange;
  /** Differences that AWS has no change for. */
  readonly problems: readonly Problem[];
  /** One set does not get all the way: observe and plan again after it. */
  readonly more: boolean;
}

/**
 * The fewest changes that make a listing what is declared. Without `observed`, the set that creates it, visibility
 * aside. Versions that are observed but not declared are closed to new buyers: leave those of others out.
 */
export function planAmiListing(wanted: AmiListing, observed?: ObservedListing): ListingPlan {
  if (!observed) {
    return { changes: newListing(wanted), problems: [], more: wanted.versions.length > 1 };
  }
  const parts = [planProduct(wanted, observed), planVersions(wanted, observed), planOffer(wanted, observed)];
  return {
    changes: [...parts.flatMap(({ changes }) => changes), ...releases(observed)],
    visibility: planVisibility(wanted, observed),
    problems: told(parts.flatMap(({ problems }) => problems)),
    more: parts.some(({ more }) => more),
  };
}

/** An instance type that cannot go takes its prices along: that is told once. */
function told(problems: readonly Problem[]): Problem[] {
  const kept = problems.some(({ code }) => code === "DIMENSIONS_NOT_RESTICTED");
  return problems.filter(({ code }) => !(kept && code === "INVALID_RATE_CARD"));
}

/** A listing that was left as a draft is released once everything else is in place. */
function releases({ product, offer }: ObservedListing): PlannedChange[] {
  const changes: PlannedChange[] = [];
  if (visibilityOf(product) === "Draft") changes.push(change("ReleaseProduct", product, {}));
  if (offerOf(offer).State === "Draft") changes.push(change("ReleaseOffer", offer, {}));
  return changes;
}

function planVisibility({ visibility }: AmiListing, { product }: ObservedListing): PlannedChange | undefined {
  const now = productOf(product).Description.Visibility;
  if (now === visibility || (now === "Draft" && visibility === "Limited")) return undefined;
  return {
    changeType: "UpdateVisibility",
    entity: { type: amiProduct, identifier: product.id },
    details: { TargetVisibility: visibility },
  };
}
