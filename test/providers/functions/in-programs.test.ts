import { join } from "node:path";
import { expect, test } from "vitest";
import { readOutputs, run, type Operation } from "../../../engine/index";
import { scratchFolder } from "../../engine/scratch";
import { statusesOf } from "../subscription/offers";
import { openShopAsBuyer } from "../support/shop";

test("a program looks before it buys, and at what it bought by outputs", { timeout: 60_000 }, async () => {
  const shop = await openShopAsBuyer();
  const place = {
    projectDir: join(__dirname, "program"),
    stack: "dev",
    stateDir: scratchFolder(),
    passphrase: "secret",
  };
  const go = async (operation: Operation, OFFER = shop.offerId) => {
    const errors: string[] = [];
    const { result, changes } = await run({
      ...place,
      operation,
      env: { OFFER },
      onEvent: ({ diagnosticEvent: said }) => {
        if (said?.severity === "error") errors.push(said.message.trim());
      },
    });
    return { result, changes, errors: errors.filter((text) => !/^(update|preview) failed$/.test(text)) };
  };

  const wrong = await go("up", "offer-0000000000000");
  expect(wrong.result).toBe("failed");
  expect(wrong.errors).toEqual([
    expect.stringMatching(/There is no offer offer-0000000000000\. \[ResourceNotFoundException\]/),
  ]);
  expect(await statusesOf(shop)).toEqual([]);

  expect(await go("preview")).toMatchObject({ result: "succeeded", errors: [] });
  expect(await go("up")).toMatchObject({ result: "succeeded", errors: [] });
  const outputs = Object.entries(await readOutputs(place)).map(([name, { value }]) => [name, value] as const);
  expect(Object.fromEntries(outputs)).toEqual({
    product: "Log Agent",
    price: "0.10",
    entitlements: [{ productId: shop.productId, status: "PROVISIONED" }],
    agreements: 1,
  });
  expect(await go("up")).toMatchObject({ result: "succeeded", changes: { same: 2 } });
});
