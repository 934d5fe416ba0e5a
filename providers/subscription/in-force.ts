import { activeFor, seeAgreement, type SeenAgreement } from "../buying/agreement";
import type { AgreementCalls } from "../buying/agreement-calls";
import { isContract } from "../buying/choices";

/** What goes on as another agreement: renewed at its end, or replaced by hand or by a run that could not save it. */
const goesOn: ReadonlySet<string> = new Set(["RENEWED", "REPLACED"]);

/** An agreement, or the one that took its place. Undefined when it has ended, and nothing came after it. */
export async function inForce(agreements: AgreementCalls, agreementId: string): Promise<SeenAgreement | undefined> {
  const seen = await seeAgreement(agreements, agreementId);
  if (seen === undefined || seen.status === "ACTIVE") return seen;
  if (!goesOn.has(seen.status)) return undefined;
  const active = await activeFor(agreements, { productId: seen.productId });
  return active.find(({ terms }) => isContract(terms) === isContract(seen.terms));
}
