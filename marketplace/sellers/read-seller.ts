import { accountOf, type SellerDocument } from "../changes/seller/seller";
import { planSeller } from "./plan-seller";
import type { SellerAccount } from "./seller";

/** A seller as far as its entity tells: everything but tax form and bank account, of which it shows last digits only. */
export type ReadSeller = Omit<SellerAccount, "tax" | "bank">;

/** What an entity says in the words of a declaration; undefined where its document is not of the form known here. */
export function readSeller(details: Partial<SellerDocument>): ReadSeller | undefined {
  const { Registration } = details;
  if (typeof Registration?.LegalName !== "string") return undefined;
  const { tax: _tax, bank: _bank, ...read } = accountOf({ ...details, Registration });
  return read;
}

/** Whether the last digits that the entity shows, and what goes with them, are those of the declared form and account. */
export function showsNumbersOf(declared: SellerAccount, details: SellerDocument): boolean {
  return planSeller("", details, declared, false).every(
    ({ changeType }) => changeType !== "UpdateDisbursementPreferences",
  );
}
