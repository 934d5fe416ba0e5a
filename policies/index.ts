import type { Policies } from "@pulumi/policy";
import { freeToPaid } from "./free-to-paid";
import { groupLevel } from "./group-level";
import { oneGroup } from "./one-group";
import { openPorts } from "./open-ports";
import { priceIncrease } from "./price-increase";
import { privateOfferExpiry } from "./private-offer-expiry";
import { supportContact } from "./support-contact";
import { unagreedPrice } from "./unagreed-price";

export { withLevels } from "./pack-config";

/** Every policy of this package, to put into a pack of your own. Importing it starts nothing. */
export const policies: Policies = [
  priceIncrease,
  freeToPaid,
  unagreedPrice,
  privateOfferExpiry,
  groupLevel,
  oneGroup,
  openPorts,
  supportContact,
];
