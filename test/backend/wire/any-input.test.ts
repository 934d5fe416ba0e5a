import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ConstraintModel } from "../../../backend/wire/constraints";
import type { ServiceModel } from "../../../backend/wire/model-schemas";
import * as entitlement from "../../../backend/wire/models/marketplace-entitlement";
import * as metering from "../../../backend/wire/models/meteringmarketplace";
import * as ssm from "../../../backend/wire/models/ssm";
import { everything } from "../agreement/buyer";
import { connection } from "../catalog/catalog-market";
import { byCall, CALLS, openSoftwareShop } from "../catalog/software";
import { fits, inputsOf, type Known, resolve } from "./inputs-by-model";
import { signedFetch } from "./signed-fetch";

type Model = { readonly shapes: ServiceModel; readonly constraints: ConstraintModel };

test.each<[string, string, string, Model]>([
  ["AWSMPEntitlementService", "aws-marketplace", "seller", entitlement],
  ["AWSMPMeteringService", "aws-marketplace", "seller", metering],
  ["AmazonSSM", "ssm", "buyer", ssm],
])(
  "whatever the model of %s allows is answered, and nothing of it is a fault of ours",
  async (target, service, account, model) => {
    const { market, buy, offerId, productId, ProductCode } = await openSoftwareShop({}, [CALLS], byCall("0.01"));
    await buy(offerId, everything);
    const said = [ProductCode, "calls", "444455556666", `/aws/service/marketplace/${productId}/latest`];
    const choose = ({ known, shape }: Known): string | undefined => {
      const fitting = said.filter((one) => fits(model.constraints.shapes[shape] ?? {}, one));
      return fitting[known % Math.max(1, fitting.length)];
    };
    const operations = inputsOf(model.shapes, model.constraints);
    const any = fc.oneof(...operations.map(({ name, input }) => input.map((one) => ({ name, input: one }))));
    await fc.assert(
      fc.asyncProperty(any, async ({ name, input }) => {
        const body = JSON.stringify(resolve(input, choose));
        const { status, text } = await signedFetch(market.endpoint, {
          service,
          headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `${target}.${name}` },
          body,
          signer: connection(market, account).credentials,
        });
        expect(status < 500 ? "answered" : `${name} ${body} → ${text}`).toBe("answered");
      }),
      { numRuns: 200, endOnFailure: true },
    );
  },
);
