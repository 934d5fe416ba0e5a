import type { Problem } from "../../problem";
import { quoted, unless } from "../../problem";
import { visibilityOf } from "../product/product";
import type { ChangeType, World } from "../change-type";
import { matching, object } from "../document-shapes";
import { newOffer, offerType } from "./offer";

type Details = { readonly Name?: string; readonly AgreementId: string };

/**
 * A new draft offer that takes the place of an agreement once its buyer accepts it: it is for that buyer and no other.
 * Only what the caller proposed can be replaced, and only contracts (Catalog API, Create a replacement offer).
 */
export const createReplacementOffer: ChangeType<Details> = {
  changeType: "CreateReplacementOffer",
  entityType: offerType,
  creates: "offer",
  schema: object({ Name: matching("^\\S+[\\S\\s]*$", 150), AgreementId: matching("^\\S+$", 64) }, ["AgreementId"]),
  check: (world, _entity, { AgreementId }) => checkAgreement(world, AgreementId),
  apply: (world, entity, { Name, AgreementId }) => {
    const { productId = "", acceptor } = world.proposedAgreement?.(AgreementId) ?? {};
    const buyers = acceptor === undefined ? [] : [acceptor];
    return newOffer(entity.id, { Name, ProductId: productId }, { buyers, ReplacesAgreementId: AgreementId });
  },
};

function checkAgreement(world: World, id: string): Problem[] {
  if (world.proposedAgreement === undefined) return [];
  const path = "AgreementId";
  const agreement = world.proposedAgreement(id);
  if (agreement === undefined) {
    return unless(false, "RESOURCE_NOT_FOUND", path, `You proposed no agreement with the id ${quoted([id])}.`);
  }
  const product = world.entity(agreement.productId);
  const visibility = product && visibilityOf(product);
  return [
    ...unless(
      agreement.active,
      "INCOMPATIBLE_AGREEMENT",
      path,
      `Agreement ${id} has ended. Make the buyer a private offer instead (CreateOffer).`,
    ),
    ...unless(
      agreement.isContract,
      "INCOMPATIBLE_AGREEMENT",
      path,
      `Agreement ${id} is no contract; only agreements with contract pricing are replaced. Make the buyer a private offer instead (CreateOffer).`,
    ),
    ...unless(
      visibility === "Limited" || visibility === "Public",
      "INCOMPATIBLE_PRODUCT",
      path,
      `The agreement's product is ${visibility ?? "not yours"}; offers are made for products that are Limited or Public.`,
    ),
  ];
}
