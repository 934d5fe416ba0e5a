import { expect, test } from "vitest";
import { change } from "../catalog/listing";
import { catalogOf, madeBy } from "../catalog/catalog-market";
import { everything, openShop } from "./buyer";

const EXPERIENCE = "Experience@1.0";

test("a buyer's private marketplace decides what is quoted and what is accepted", async () => {
  const { market, productId, offerId, ask, accept } = await openShop();
  const buyer = catalogOf(market, "buyer");
  const { agreementRequestId } = await ask(offerId, everything);

  const made = await buyer.run([
    change("CreateExperience", EXPERIENCE, undefined, { Name: "Approved only" }, "New"),
    change("CreateProcurementPolicy", EXPERIENCE, "$New.Entity.Identifier", {
      Name: "Approved",
      Configuration: { PolicyResourceRequests: "Deny" },
    }),
    change("AssociateAudience", EXPERIENCE, "$New.Entity.Identifier", { Name: "Us", Principals: ["444455556666"] }),
  ]);
  const experience = madeBy(made);
  madeBy(await buyer.run([change("UpdateExperience", EXPERIENCE, experience, { Status: "Enabled" })]));

  const denied = {
    name: "AccessDeniedException",
    reason: "DENIED_BY_PRIVATE_MARKETPLACE_POLICY",
    message: `Experience ${experience} does not allow the product ${productId}.`,
  };
  await expect(ask(offerId, everything)).rejects.toMatchObject(denied);
  await expect(accept(agreementRequestId)).rejects.toMatchObject(denied);

  const allow = { Products: [{ Ids: [productId] }] };
  madeBy(await buyer.run([change("AllowProductProcurement", EXPERIENCE, experience, allow)]));
  await expect(accept(agreementRequestId)).resolves.toHaveProperty("agreementId");
});
