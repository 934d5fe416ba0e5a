import { isCountry, isUnderEmbargo } from "../../countries";
import type { Problem } from "../../problem";
import { quoted, repeated, unless } from "../../problem";
import type { ChangeType, Entity, World } from "../change-type";
import { list, matching, object } from "../document-shapes";
import {
  isExpired,
  isReleased,
  isReplacementOffer,
  offerOf,
  offerType,
  targetingOf,
  withOffer,
  type TargetingRule,
} from "./offer";

type Details = Omit<TargetingRule, "Type">;

const countries = list(matching("^[A-Z]{2}$"), 1, 244);

/** Says who may accept the offer: accounts (which makes it private) or countries. Replaces what was said before. */
export const updateTargeting: ChangeType<Details> = {
  changeType: "UpdateTargeting",
  entityType: offerType,
  schema: object({
    PositiveTargeting: object({ CountryCodes: countries, BuyerAccounts: list(matching("^[0-9]{12}$"), 1, 26) }),
    NegativeTargeting: object({ CountryCodes: countries }, ["CountryCodes"]),
  }),
  check: (world, entity, details) => [
    ...checkDocument(details),
    ...checkBuyers(world, details),
    ...checkMoment(world, entity, details),
  ],
  apply: (_world, entity, details) => {
    const others = offerOf(entity).Rules.filter((rule) => rule.Type !== "TargetingRule");
    const empty = Object.keys(details).length === 0;
    return withOffer(entity, { Rules: empty ? others : [...others, { Type: "TargetingRule", ...details }] });
  },
};

function checkDocument({ PositiveTargeting: positive, NegativeTargeting: negative }: Details): Problem[] {
  const accounts = positive?.BuyerAccounts ?? [];
  return [
    ...unless(
      !positive || !negative,
      "INVALID_TARGETING",
      "",
      "Give PositiveTargeting or NegativeTargeting, not both.",
    ),
    ...unless(
      !positive || Object.keys(positive).length > 0,
      "MISSING_COUNTRY_CODES",
      "PositiveTargeting",
      "An offer that is for no accounts in particular is for countries: give CountryCodes, or BuyerAccounts.",
    ),
    ...unless(
      !(positive?.CountryCodes ?? []).some(isUnderEmbargo),
      "INCOMPATIBLE_COUNTRY_CODES",
      "PositiveTargeting.CountryCodes",
      `AWS has no customers in ${quoted((positive?.CountryCodes ?? []).filter(isUnderEmbargo))}; leave it out.`,
    ),
    ...twice(accounts, "INVALID_BUYER_ACCOUNTS", "PositiveTargeting.BuyerAccounts"),
    ...twice(positive?.CountryCodes ?? [], "INVALID_COUNTRY_CODES", "PositiveTargeting.CountryCodes"),
    ...twice(negative?.CountryCodes ?? [], "INVALID_COUNTRY_CODES", "NegativeTargeting.CountryCodes"),
    ...unknown(positive?.CountryCodes ?? [], "PositiveTargeting.CountryCodes"),
    ...unknown(negative?.CountryCodes ?? [], "NegativeTargeting.CountryCodes"),
  ];
}

function unknown(codes: readonly string[], path: string): Problem[] {
  const strange = codes.filter((code) => !isCountry(code));
  const message = `${quoted(strange)} is no country: give two letters as ISO 3166 has them, such as "DE".`;
  return unless(strange.length === 0, "INVALID_COUNTRY_CODES", path, message);
}

/** Nobody buys from itself, and no account has the number 0. */
function checkBuyers({ account }: World, { PositiveTargeting }: Details): Problem[] {
  const buyers = PositiveTargeting?.BuyerAccounts ?? [];
  const path = "PositiveTargeting.BuyerAccounts";
  return [
    ...unless(
      !buyers.includes("000000000000"),
      "INVALID_BUYER_ACCOUNTS",
      path,
      "000000000000 is no AWS account; give the buyer's twelve digits.",
    ),
    ...unless(
      !buyers.includes(account),
      "INCOMPATIBLE_BUYER_ACCOUNTS",
      path,
      `${account} is the account that sells; name another one as the buyer.`,
    ),
  ];
}

function twice(values: readonly string[], code: string, path: string): Problem[] {
  return repeated(values).map((value) => ({ code, path, message: `${quoted([value])} is given twice.` }));
}

function checkMoment(world: World, entity: Entity, details: Details): Problem[] {
  const code = "INCOMPATIBLE_TARGETING";
  if (isExpired(world, entity))
    return unless(false, code, "", "The offer has expired; its targeting cannot be changed.");
  if (isReplacementOffer(entity)) {
    const message =
      "A replacement offer is for the buyer of the agreement that it replaces; its targeting cannot be changed.";
    return unless(false, code, "", message);
  }
  const before = targetingOf(entity)?.PositiveTargeting?.BuyerAccounts ?? [];
  const after = details.PositiveTargeting?.BuyerAccounts ?? [];
  const same = before.toSorted().join() === after.toSorted().join();
  const message = "The buyers of an offer cannot be changed after it is released.";
  return unless(same || !isReleased(entity), code, "PositiveTargeting.BuyerAccounts", message);
}
