import type { Change, Entity, Json } from "../changes/change-type";
import { isExpired, offerOf, offerType, type OfferDocument } from "../changes/offer/offer";
import { runChanges } from "../changes/run";
import { withoutUndefined } from "../listing/documents";
import { planPrices } from "../listing/plan-prices";
import { change } from "../listing/plan-parts";
import { same } from "../listing/same";
import type { Problem } from "../problem";
import { facets, isEmpty, sameDocument } from "./facets";
import { pricingDocument } from "./offer-pricing";
import type { OfferSpec, PreExisting } from "./offer-spec";
import { worldOf } from "./one-offer";
import { offerPropertyOf } from "./property-of";

/** How to get from the offer that is observed to the one that is declared. */
export interface OfferPlan {
  /** One change set, which may be empty. */
  readonly changes: readonly Change[];
  /** Why AWS would refuse it: what a released offer keeps as it is. */
  readonly problems: readonly Problem[];
  /** One set does not get all the way: observe and plan again after it. */
  readonly more: boolean;
}

/** The changes that create an offer and release it, in the order of AWS's own examples. */
export function newOffer(spec: OfferSpec): Change[] {
  const { name, description = name, replaces, productId = "", tags, preExistingAgreement } = spec;
  const made = replaces === undefined ? "CreateOffer" : "CreateReplacementOffer";
  const about = (changeType: string, details: Json): Change => ({
    changeType,
    entity: { type: offerType, identifier: `$${made}.Entity.Identifier` },
    details,
  });
  const parts = facets.flatMap((facet) => {
    const document = facet.declared(spec);
    return document === undefined || isEmpty(document) ? [] : [about(facet.changeType, document)];
  });
  const [targeting, rest] = [
    parts.filter(({ changeType }) => beforePrices.has(changeType)),
    parts.filter(({ changeType }) => !beforePrices.has(changeType)),
  ];
  return [
    {
      changeType: made,
      changeName: made,
      entity: { type: offerType },
      details: replaces === undefined ? { ProductId: productId, Name: name } : { AgreementId: replaces, Name: name },
      ...(tags !== undefined && { entityTags: tags }),
    },
    about(
      "UpdateInformation",
      withoutUndefined({
        Name: name,
        Description: description,
        PreExistingAgreement: preExistingAgreement && before(preExistingAgreement),
      }) as Json,
    ),
    ...targeting,
    about("UpdatePricingTerms", pricingDocument(spec.pricing)),
    ...rest,
    about("ReleaseOffer", {}),
  ];
}

const beforePrices: ReadonlySet<string> = new Set(["UpdateTargeting", "UpdateAvailability"]);

/**
 * The fewest changes that make an offer what is declared, and every reason for which AWS would refuse them.
 * @param observed the offer as the catalog has it; `submitted` may hold what is never read back.
 * @param now RFC 3339, UTC.
 */
export function planOffer(spec: OfferSpec, observed: Entity, now: string): OfferPlan {
  const prices = planPrices(pricingDocument(spec.pricing), observed);
  const parts = facets.flatMap((facet) => {
    const document = facet.declared(spec);
    if (document === undefined || sameDocument(facet, document, facet.seen(observed))) return [];
    return [change(facet.changeType, observed, document)];
  });
  const changes = [...planWords(spec, observed), ...prices.changes, ...parts, ...release(observed)];
  // An offer that has expired takes no change before it is open again.
  const reopening = parts.filter(({ changeType }) => changeType === "UpdateAvailability");
  if (reopening.length > 0 && changes.length > 1 && isExpired({ now }, observed)) {
    return { changes: reopening, problems: told(refusals(reopening, observed, now)), more: true };
  }
  return { changes, problems: told(refusals(changes, observed, now)), more: prices.more };
}

/** The planned changes that AWS would refuse, as far as the offer itself tells, and why. */
export function refusals(
  changes: readonly Change[],
  observed: Entity,
  now: string,
): ReadonlyMap<Change, readonly Problem[]> {
  const { problems } = runChanges(worldOf(observed, now), changes);
  return new Map(
    changes.flatMap((one, i) => {
      const found = one.changeType === "ReleaseOffer" ? [] : (problems.get(i) ?? []);
      return found.length === 0 ? [] : [[one, found] as const];
    }),
  );
}

function told(refused: ReadonlyMap<Change, readonly Problem[]>): Problem[] {
  return [...refused].flatMap(([one, problems]) =>
    problems.map((problem) => ({ ...problem, path: offerPropertyOf(one, problem.path) })),
  );
}

/** Name and description change one by one; a description that is not declared stays as it is. */
function planWords({ name, description, preExistingAgreement }: OfferSpec, offer: Entity) {
  const { Name, Description, PreExistingAgreement } = offerOf(offer);
  const agreement = preExistingAgreement && before(preExistingAgreement);
  const details = {
    ...(name !== Name && { Name: name }),
    ...(description !== undefined && description !== Description && { Description: description }),
    ...(!same(agreement, PreExistingAgreement) && { PreExistingAgreement: agreement ?? null }),
  };
  return Object.keys(details).length === 0 ? [] : [change("UpdateInformation", offer, details)];
}

function before({ acquisitionChannel, pricingModel }: PreExisting): NonNullable<OfferDocument["PreExistingAgreement"]> {
  return { AcquisitionChannel: acquisitionChannel, PricingModel: pricingModel };
}

/** A draft that a person or another tool left behind is released once it is as declared. */
function release(offer: Entity) {
  return offerOf(offer).State === "Draft" ? [change("ReleaseOffer", offer, {})] : [];
}
