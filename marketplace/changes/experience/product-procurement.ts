import type { Problem } from "../../problem";
import { quoted, repeated, unless } from "../../problem";
import type { ChangeType, World } from "../change-type";
import { anyText, list, object } from "../document-shapes";
import { settledRequests } from "../product-request/product-request";
import { checkActive, experienceType } from "./experience";
import { moved, noPolicy, policyBeside, policyOf, type Effect } from "./procurement-policy";

type Details = { readonly Products: readonly { readonly Ids: readonly string[]; readonly Notes?: string }[] };

/** Product ids that one change may name: Adding or removing products from a private marketplace. */
export const mostProducts = 50;

/** Products that the experience's users may buy from now on. Whoever has asked for one has an answer. */
export const allowProductProcurement = procurement("AllowProductProcurement", "Allow");

/** Products that they may not buy; what they have bought stays theirs. */
export const denyProductProcurement = procurement("DenyProductProcurement", "Deny");

function procurement(changeType: string, effect: Effect): ChangeType<Details> {
  return {
    changeType,
    entityType: experienceType,
    schema: object(
      { Products: list(object({ Ids: list(anyText(50, 1), 1, 50), Notes: anyText(50, 1) }, ["Ids"]), 1, 50) },
      ["Products"],
    ),
    checkDocument: checkIds,
    check: (world, entity, details) => [
      ...checkActive(entity),
      ...(policyBeside(world, entity) === undefined ? [noPolicy(entity)] : checkProducts(world, details)),
    ],
    apply: (world, entity, { Products }) => {
      const policy = policyBeside(world, entity);
      if (policy === undefined) return entity;
      const document = policyOf(policy);
      const Statements = moved(document.Statements, effect, Products);
      const ids = new Set(Products.flatMap(({ Ids }) => Ids));
      const settled = settledRequests(world, entity.id, ids, effect === "Allow" ? "Approved" : "Declined");
      return { ...entity, beside: [{ ...policy, details: { ...document, Statements } }, ...settled] };
    },
  };
}

function checkIds({ Products }: Details): Problem[] {
  const ids = Products.flatMap(({ Ids }) => Ids);
  const most = `One change names at most ${mostProducts} products; there are ${ids.length}.`;
  return [
    ...unless(ids.length <= mostProducts, "INVALID_INPUT", "Products", most),
    ...repeated(ids).map((id) => ({
      code: "INVALID_INPUT",
      path: "Products",
      message: `The product ${quoted([id])} is named twice.`,
    })),
  ];
}

function checkProducts(world: World, { Products }: Details): Problem[] {
  return Products.flatMap(({ Ids }, i) =>
    Ids.flatMap((id, j) =>
      unless(
        world.buyers?.isListed(id) !== false,
        "RESOURCE_NOT_FOUND",
        `Products[${i}].Ids[${j}]`,
        `AWS Marketplace has no product with the id ${quoted([id])}.`,
      ),
    ),
  );
}
