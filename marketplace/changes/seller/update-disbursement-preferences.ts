import { type Problem } from "../../problem";
import { lastDigits } from "../../sellers/last-digits";
import type { ChangeType } from "../change-type";
import { list, matching, object, oneOf } from "../document-shapes";
import { type Disbursement, disbursementProblems, sellerDocument, sellerType, withSeller } from "./seller";

/** A tax or bank number. Nothing is said of its form here, since what is said may be written down: `check` judges it. */
const number = {};

/** Where the tax and bank numbers of a document stand. */
const numbers = ["Tax.TaxpayerNumber", "Tax.VatNumber", "Bank.RoutingNumber", "Bank.AccountNumber", "Bank.Iban"];

/** Sets tax form and bank account, the whole of both. The entity keeps the last digits of their numbers. */
export const updateDisbursementPreferences: ChangeType<Disbursement> = {
  changeType: "UpdateDisbursementPreferences",
  entityType: sellerType,
  secrets: numbers,
  schema: object(
    {
      Tax: object({ Form: oneOf("W-9", "W-8"), TaxpayerNumber: number, VatNumber: number }, ["Form", "TaxpayerNumber"]),
      Bank: object(
        {
          Country: matching("^[A-Z]{2}$"),
          RoutingNumber: number,
          AccountNumber: number,
          Iban: number,
          Bic: matching("^[A-Z0-9]{8,11}$"),
        },
        ["Country"],
      ),
      BuyersIn: list(oneOf("EMEA", "KR"), 1, 2),
      KycCompleted: { type: "boolean" },
    },
    ["Tax", "Bank"],
  ),
  check: (_world, entity, disbursement) => {
    const wrong = noTexts(disbursement);
    return wrong.length > 0 ? wrong : disbursementProblems(sellerDocument(entity), disbursement);
  },
  apply: (_world, entity, { Tax, Bank, ...rest }) =>
    withSeller(entity, {
      Disbursement: { ...rest, Tax: { ...Tax, ...masked(Tax) }, Bank: { ...Bank, ...masked(Bank) } },
    }),
};

function noTexts({ Tax, Bank }: Disbursement): Problem[] {
  return Object.entries({ ...named("Tax", Tax), ...named("Bank", Bank) })
    .filter(([path, value]) => numbers.includes(path) && typeof value !== "string")
    .map(([path]) => ({ code: "INVALID_INPUT", path, message: "Numbers are written as texts." }));
}

function named(prefix: string, members: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [`${prefix}.${name}`, value]));
}

/** The numbers among an object's members, as they may be shown. */
function masked(members: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const found = Object.entries(members).filter(([name]) => numbers.some((path) => path.endsWith(`.${name}`)));
  return Object.fromEntries(found.map(([name, value]) => [name, lastDigits(String(value))]));
}
