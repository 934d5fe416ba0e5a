import type { Properties } from "../provider";
import { messageOf, nameOf } from "../trouble";

/** Does what asks AWS, and names the property that a refusal is about. Other errors stay as they are. */
export async function inProperties<T>(inputs: Properties, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refusal = refusals.find(({ when }) => when(error));
    if (refusal === undefined) throw error;
    const property = refusal.property === "what" ? whatIsBought(inputs) : refusal.property;
    const words = messageOf(error).replace(/\.?$/, ".");
    throw new Error(`${property}: ${words} ${refusal.advice} [${reasonOf(error) ?? nameOf(error)}]`, { cause: error });
  }
}

interface Refusal {
  readonly when: (error: unknown) => boolean;
  /** `what` is whichever of productId and offerId is declared. */
  readonly property: "what" | "contract" | "purchaseOrder";
  readonly advice: string;
}

const byReason =
  (...reasons: readonly string[]) =>
  (error: unknown): boolean =>
    reasons.includes(reasonOf(error) ?? "");

/** The Agreement service's refusals by what they are about: AWS Marketplace Agreement API, ValidationException. */
const refusals: readonly Refusal[] = [
  {
    when: byReason("DENIED_BY_PRIVATE_MARKETPLACE_POLICY"),
    property: "what",
    advice: "Ask those who keep the private marketplace to allow the product.",
  },
  {
    when: byReason("EXPIRED_AGREEMENT_PROPOSAL"),
    property: "what",
    advice: "Ask the seller for a new offer.",
  },
  {
    when: byReason("SUPERSEDED_AGREEMENT_PROPOSAL"),
    property: "what",
    advice: "Preview again, look at the new terms, and run again.",
  },
  {
    when: byReason("MISSING_USAGE_AGREEMENT"),
    property: "contract",
    advice: "Declare a Subscription without contract too, and let this one depend on it (dependsOn).",
  },
  {
    when: byReason("INVALID_INCREMENTAL_CHARGE"),
    property: "contract",
    advice: "Units can be added until the contract's end, and are given back only then.",
  },
  {
    when: isAbout(/configurableUpfrontPricingTerm|dimensions|selectorValue/),
    property: "contract",
    advice: "See the offer's contractPrices.",
  },
  { when: isAbout(/^purchaseOrders/), property: "purchaseOrder", advice: "Correct the number, and run again." },
  {
    when: (error) => nameOf(error) === "ConflictException" && memberOf(error, "resourceType") === "Agreement",
    property: "what",
    advice: "Import that agreement as this resource, and the next run changes it; or cancel it first.",
  },
  {
    when: (error) =>
      nameOf(error) === "ResourceNotFoundException" && ["offer", "AgreementProposal"].includes(aboutWhat(error)),
    property: "what",
    advice: "Does it exist, is it released, and is it for this account? An offer may have been withdrawn.",
  },
];

function whatIsBought({ offerId }: Properties): string {
  return typeof offerId === "string" ? "offerId" : "productId";
}

/** What was not found: the Agreement service says it in a member, Discovery in words. */
function aboutWhat(error: unknown): string {
  return memberOf(error, "resourceType") ?? (/\boffer\b/i.test(messageOf(error)) ? "offer" : "");
}

function isAbout(field: RegExp): (error: unknown) => boolean {
  return (error) => {
    if (typeof error !== "object" || error === null || !("fields" in error) || !Array.isArray(error.fields))
      return false;
    return error.fields.some((one: { readonly name?: string }) => field.test(one.name ?? ""));
  };
}

/** `EXPIRED_AGREEMENT_PROPOSAL` */
export function reasonOf(error: unknown): string | undefined {
  return memberOf(error, "reason");
}

function memberOf(error: unknown, name: string): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const value: unknown = Object.entries(error).find(([key]) => key === name)?.[1];
  return typeof value === "string" ? value : undefined;
}
