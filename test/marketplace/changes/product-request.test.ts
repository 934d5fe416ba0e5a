import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { BuyerFacts, Change } from "../../../marketplace/changes/change-type";
import { experienceType } from "../../../marketplace/changes/experience/experience";
import { policyOf, productsIn } from "../../../marketplace/changes/experience/procurement-policy";
import { productRequestOf, productRequestType } from "../../../marketplace/changes/product-request/product-request";
import { runChanges } from "../../../marketplace/changes/run";
import { Market } from "../support/market";

const products = ["prod-1", "prod-2", "prod-3"];
const people = ["arn:aws:iam::444455556666:user/alice", "arn:aws:iam::444455556666:user/bob"];

/** A market with one experience that takes requests and governs the account. */
class Asking extends Market {
  readonly experience: string;

  constructor() {
    super();
    const create: Change = {
      changeType: "CreateExperience",
      entity: { type: experienceType },
      details: { Name: "One" },
    };
    this.experience = this.apply([create]).entities[0]?.id ?? "";
    this.apply([this.on("CreateProcurementPolicy", { Configuration: { PolicyResourceRequests: "Allow" } })]);
  }

  on(changeType: string, details: object): Change {
    return { changeType, entity: { type: experienceType, identifier: this.experience }, details: details as never };
  }

  get statements() {
    return policyOf(this.only("ProcurementPolicy@1.0")).Statements;
  }

  get requests() {
    return [...this.entities.values()].filter(({ type }) => type === productRequestType);
  }

  /** The changes, as that person sends them; nothing where one of them fails. */
  attempt(requester: string, changes: readonly Change[]): void {
    const { problems, entities } = runChanges({ ...this.world(), buyers: this.facts(requester) }, changes);
    if (problems.size === 0) for (const entity of entities) this.entities.set(entity.id, entity);
  }

  facts(requester: string): BuyerFacts {
    const [allow, deny] = [productsIn(this.statements, "Allow"), productsIn(this.statements, "Deny")];
    const policy = { allow, deny, requests: true };
    return {
      isListed: () => true,
      mayGovern: () => true,
      requester,
      governedBy: () => ({ id: this.experience, enabled: true, archived: false, principals: [], policy }),
    };
  }
}

const step = fc.oneof(
  fc.record({ what: fc.constant("ask"), who: fc.nat(1), which: fc.nat(2) }),
  fc.record({ what: fc.constant("cancel"), who: fc.nat(1), which: fc.nat(8) }),
  fc.record({ what: fc.constantFrom("Allow", "Deny"), who: fc.nat(1), which: fc.nat(2) }),
);

test("whatever is asked, cancelled and decided: one open request of a person for a product, and an answer is for ever", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const market = new Asking();
      const answers = new Map<string, string>();
      for (const { what, who, which } of steps) {
        const ProductId = products[which] ?? "";
        const person = people[who] ?? "";
        const identifier = market.requests[which % Math.max(1, market.requests.length)]?.id ?? "procrequest-none";
        if (what === "ask") {
          const entity = { type: productRequestType };
          market.attempt(person, [{ changeType: "CreateProductProcurementRequest", entity, details: { ProductId } }]);
        } else if (what === "cancel") {
          const entity = { type: productRequestType, identifier };
          market.attempt(person, [{ changeType: "CancelProductProcurementRequest", entity, details: {} }]);
        } else {
          market.attempt(person, [market.on(`${what}ProductProcurement`, { Products: [{ Ids: [ProductId] }] })]);
        }
        const open = market.requests.map(productRequestOf).filter(({ Status }) => Status === "Pending");
        const asked = open.map((request) => `${String(request.RequestedBy)} ${request.ProductId}`);
        expect(new Set(asked).size).toBe(asked.length);
        const allowed = productsIn(market.statements, "Allow");
        expect(open.filter((request) => allowed.includes(request.ProductId))).toEqual([]);
        for (const request of market.requests) {
          const { Status } = productRequestOf(request);
          expect(Status).toBe(answers.get(request.id) ?? Status);
          if (Status !== "Pending") answers.set(request.id, Status);
        }
      }
    }),
  );
});

test("offline, where nothing is known of the private marketplace, nothing is said about it", () => {
  const market = new Asking();
  const entity = { type: productRequestType };
  const asked = { changeType: "CreateProductProcurementRequest", entity, details: { ProductId: "prod-1" } };
  expect(market.try([asked]).problems.size).toBe(0);
});
