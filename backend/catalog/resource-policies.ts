import type {
  DeleteResourcePolicyRequest,
  DeleteResourcePolicyResponse,
  GetResourcePolicyRequest,
  GetResourcePolicyResponse,
  PutResourcePolicyRequest,
  PutResourcePolicyResponse,
} from "@aws-sdk/client-marketplace-catalog";
import { readPolicy } from "../auth/policy";
import type { Context } from "../service";
import type { Store, Table } from "../storage/store";
import { invalid, notFound } from "./refusals";
import { ownResource } from "./resources";

/** The policy of an entity, as it was put; ResourceNotFoundException when it has none. */
export function getResourcePolicy(ctx: Context, request: GetResourcePolicyRequest): GetResourcePolicyResponse {
  const Policy = policiesIn(ctx.market.store).get(ownEntityId(ctx, request.ResourceArn ?? ""));
  if (Policy === undefined) throw noPolicy(request.ResourceArn);
  return { Policy };
}

/** Attaches a policy to an entity, in place of the one it may have. */
export function putResourcePolicy(ctx: Context, request: PutResourcePolicyRequest): PutResourcePolicyResponse {
  const id = ownEntityId(ctx, request.ResourceArn ?? "");
  const { problems } = readPolicy(request.Policy ?? "", "resource");
  if (problems.length > 0) {
    throw invalid(`The policy is not valid. ${problems.map(({ message }) => message).join(" ")}`);
  }
  policiesIn(ctx.market.store).put(id, request.Policy ?? "");
  return {};
}

/** Takes the policy off an entity; ResourceNotFoundException when it has none. */
export function deleteResourcePolicy(ctx: Context, request: DeleteResourcePolicyRequest): DeleteResourcePolicyResponse {
  const id = ownEntityId(ctx, request.ResourceArn ?? "");
  if (policiesIn(ctx.market.store).get(id) === undefined) throw noPolicy(request.ResourceArn);
  policiesIn(ctx.market.store).delete(id);
  return {};
}

/** Entities carry policies; change sets do not. */
function ownEntityId(ctx: Context, arn: string): string {
  const { kind, id } = ownResource(ctx, arn);
  if (kind === "ChangeSet") throw invalid(`${arn} is a change set. Resource policies belong to entities.`);
  return id;
}

function noPolicy(arn: string | undefined) {
  return notFound(`The resource ${arn} has no resource policy.`);
}

/** The policy of an entity, as JSON. */
export function policyOf(store: Store, id: string): string | undefined {
  return policiesIn(store).get(id);
}

function policiesIn(store: Store): Table<string> {
  return store.table("catalog.resource-policies");
}
