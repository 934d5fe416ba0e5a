import { expect, test } from "vitest";
import { marketplaceInstance } from "../../../providers/marketplace-instance/reconciler";
import type { Properties } from "../../../providers/provider";
import { atEachRequest, dying, ways } from "../support/dying-network";
import { openSubscribed } from "./subscribed";

test.each(ways)("killed at any request, whose last one %s, launching and editing leaves one instance", async (last) => {
  const shop = await openSubscribed();
  await shop.subscribe();
  const declared = { productId: shop.productId, instanceType: "m5.large", resourceName: "collector" };
  const edits: readonly Properties[] = [{}, { instanceType: "m5.xlarge" }, { tags: { team: "logs" } }];
  const tries = await atEachRequest((lives) =>
    dying(marketplaceInstance, lives, last, (provider) =>
      provider.create({ ...declared, ...edits[lives % edits.length] }),
    ),
  );
  expect(tries).toBeGreaterThan(3);
  expect(await shop.living()).toHaveLength(1);
});
