import { type Problem, unless } from "../../problem";
import type { ChangeType, Entity, World } from "../change-type";
import { matching, oneOf, text, whole } from "../document-shapes";
import { type Registration, type SellerDocument, sellerType } from "./seller";

/** Registers the account as a seller's. An account registers once: seller guide, "Registration process". */
export const createSeller: ChangeType<Registration> = {
  changeType: "CreateSeller",
  entityType: sellerType,
  creates: "seller",
  schema: whole({ LegalName: text(255), Kind: oneOf("Individual", "Business"), Country: matching("^[A-Z]{2}$") }),
  check: checkOnlyOne,
  apply: (_world, _entity, Registration) => ({ details: { Registration } satisfies SellerDocument, submitted: {} }),
};

function checkOnlyOne(world: World, entity: Entity): Problem[] {
  const other = [...world.entitiesOf(sellerType)].find(({ id }) => id !== entity.id);
  return unless(
    other === undefined,
    "ENTITY_ALREADY_EXISTS",
    "",
    `Account ${world.account} is registered as a seller already (${other?.id}). Update that one.`,
  );
}
