import type { Account } from "../accounts";
import type { DescribedEntity } from "../entities";

/** A listing as the catalog describes it. */
export interface SeenListing {
  readonly product: DescribedEntity;
  readonly offer: DescribedEntity;
}

/**
 * Credentials of another account see nothing of a listing, which is no reason to believe that it is gone.
 * @param productArn as the state has it.
 */
export function checkOwner(account: Pick<Account, "id">, productArn: unknown): void {
  const owner = typeof productArn === "string" ? productArn.split(":")[4] : undefined;
  if (owner === undefined || owner === account.id) return;
  throw new Error(
    `connection: these are credentials of account ${account.id}, but the listing belongs to ${owner}. ` +
      `Name a profile or a role of that account.`,
  );
}

/**
 * Reads the product and its public offer, which is looked up when its id is not known.
 * @returns undefined when the account has no such product.
 */
export async function look(
  account: Pick<Account, "entities" | "id">,
  productId: string,
  knownOffer: unknown,
): Promise<SeenListing | undefined> {
  if (typeof knownOffer === "string" && knownOffer !== "") {
    const [product, offer] = await Promise.all([
      account.entities.describe(productId),
      account.entities.describe(knownOffer),
    ]);
    if (product === undefined) return undefined;
    if (offer !== undefined) return { product, offer };
  }
  const product = await account.entities.describe(productId);
  if (product === undefined) return undefined;
  const ids = await account.entities.publicOffersOf(productId);
  const offers = (await Promise.all(ids.map((id) => account.entities.describe(id)))).filter((one) => one !== undefined);
  // A free trial may stand beside the public offer, and is a resource of its own; alone, the trial is the public offer's.
  const offer = offers.find((one) => !hasTrial(one)) ?? offers[0];
  if (offer !== undefined) return { product, offer };
  throw new Error(
    `Product ${productId} has no public offer in account ${account.id}, so it is not a complete listing.`,
  );
}

function hasTrial({ details }: DescribedEntity): boolean {
  return JSON.stringify(details.Terms ?? []).includes('"FreeTrialPricingTerm"');
}
