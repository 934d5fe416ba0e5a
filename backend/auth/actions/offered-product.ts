import type { Change } from "@aws-sdk/client-marketplace-catalog";
import { bareType } from "../../catalog/arns";
import { fromDocument } from "../../catalog/documents";

/** The product of an offer as its change names it; `type` is `*` for one that is there already. */
export interface OfferedProduct {
  readonly type: string;
  readonly identifier: string;
}

const REFERENCE = /^\$([^.]+)\.Entity\.Identifier$/;

/**
 * The product that a CreateOffer is for: an id, or a reference to a product that another change of the set makes.
 * Undefined where the details do not say, which the catalog refuses by itself.
 */
export function productOfOffer(change: Change, changeSet: readonly Change[]): OfferedProduct | undefined {
  const identifier = productIdOf(change);
  if (identifier === undefined) return undefined;
  const [, name] = REFERENCE.exec(identifier) ?? [];
  const maker = name === undefined ? undefined : changeSet.find(({ ChangeName }) => ChangeName === name);
  return { type: maker === undefined ? "*" : bareType(maker.Entity?.Type ?? "*"), identifier };
}

function productIdOf({ Details, DetailsDocument }: Change): string | undefined {
  const details = DetailsDocument === undefined ? parsed(Details) : fromDocument(DetailsDocument);
  if (typeof details !== "object" || details === null || !("ProductId" in details)) return undefined;
  return typeof details.ProductId === "string" ? details.ProductId : undefined;
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}
