import type { Store } from "../storage/store";
import { changeSetsIn } from "./change-sets";
import { overQuota } from "./refusals";

/** Service quotas for the AWS Marketplace Catalog API, per account. */
const OPEN_CHANGE_SETS = 250;
const OFFERS_AT_ONCE = 20;

/** ServiceQuotaExceededException when one more set that makes or changes so many offers would be too much. */
export function refuseOverQuota(store: Store, account: string, offers: number): void {
  let open = 0;
  let offersInWork = 0;
  for (const changeSet of changeSetsIn(store).open(account)) {
    open += 1;
    offersInWork += changeSet.offers;
  }
  if (open >= OPEN_CHANGE_SETS) {
    throw overQuota(`Account ${account} has ${open} open change sets, and at most ${OPEN_CHANGE_SETS} are allowed.`);
  }
  if (offers > 0 && offersInWork + offers > OFFERS_AT_ONCE) {
    throw overQuota(
      `Account ${account} is creating or updating ${offersInWork} offers. ${offers} more would pass the quota of ` +
        `${OFFERS_AT_ONCE} at once.`,
    );
  }
}
