import type { Context } from "../service";
import type { Store } from "../storage/store";
import { bareType, parseCatalogArn } from "./arns";
import { changeSetsIn } from "./change-sets";
import { entitiesIn } from "./entities";
import { notFound } from "./refusals";

/** What an ARN of the caller names: an entity, or a change set (`kind` is `ChangeSet`). */
export interface Resource {
  readonly kind: string;
  readonly id: string;
}

/** ResourceNotFoundException when there is no such thing, or it is another account's. */
export function ownResource(ctx: Context, arn: string): Resource {
  const { account, kind, id } = parseCatalogArn(arn);
  const { store } = ctx.market;
  const exists =
    kind === "ChangeSet" ? changeSetsIn(store).get(account, id) !== undefined : isEntity(store, account, kind, id);
  if (account !== ctx.caller.accountId || !exists) throw notFound(`The resource ${arn} was not found.`);
  return { kind, id };
}

function isEntity(store: Store, account: string, kind: string, id: string): boolean {
  const entity = entitiesIn(store).get(id);
  return entity !== undefined && entity.owner === account && bareType(entity.type) === kind;
}
