import type { Term } from "../changes/offer/terms";
import type { Amount } from "../money";

/** A ceiling for what the seller may ask for over time; only agreements that AWS arranged have one. */
export type VariablePaymentTerm = {
  readonly Type: "VariablePaymentTerm";
  readonly CurrencyCode: string;
  readonly MaxTotalChargeAmount: Amount;
};

/** A term that a buyer can ask for, under the id that the offer and its agreements share. */
export interface OfferedTerm {
  readonly id: string;
  readonly term: Term | VariablePaymentTerm;
}

export interface UpfrontChoice {
  /** Of a rate card: `P365D`. */
  readonly selectorValue: string;
  readonly dimensions: readonly { readonly dimensionKey: string; readonly dimensionValue: number }[];
}
export interface RenewalChoice {
  readonly enableAutoRenew: boolean;
}
export interface VariablePaymentChoice {
  readonly paymentRequestApprovalStrategy: "AUTO_APPROVE_ON_EXPIRATION" | "WAIT_FOR_APPROVAL";
  /** How long a payment request stays open: `P10D`. */
  readonly expirationDuration?: string;
}

/** What the buyer chooses with a term that leaves a choice. At most one is there, the one of the term's type. */
export interface Choices {
  readonly upfront?: UpfrontChoice;
  readonly renewal?: RenewalChoice;
  readonly variable?: VariablePaymentChoice;
}

/** A term as a buyer asks for it. */
export interface RequestedTerm {
  readonly id: string;
  readonly choices: Choices;
}

/** A term that a buyer has taken, with the choices that belong to it. */
export interface AcceptedTerm extends OfferedTerm, Choices {}

/** The choice that a type of term needs. */
export function choiceOf(type: string): keyof Choices | undefined {
  switch (type) {
    case "ConfigurableUpfrontPricingTerm":
      return "upfront";
    case "RenewalTerm":
      return "renewal";
    case "VariablePaymentTerm":
      return "variable";
    default:
      return undefined;
  }
}

/** The first term of a type. */
export function termOf<T extends OfferedTerm, K extends OfferedTerm["term"]["Type"]>(terms: readonly T[], type: K) {
  const found = terms.find(({ term }) => term.Type === type);
  return found as (T & { readonly term: Extract<OfferedTerm["term"], { readonly Type: K }> }) | undefined;
}
