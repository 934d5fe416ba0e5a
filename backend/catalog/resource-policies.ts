import type {
  DeleteResourcePolicyRequest,
  DeleteResourcePolicyResponse,
  GetResourcePolicyRequest,
  GetResourcePolicyResponse,
  PutResourcePolicyRequest,
  PutResourcePolicyResponse,
} from "@aws-sdk/client-marketplace-catalog";
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
  const problem = policyProblem(request.Policy ?? "");
  if (problem !== undefined) throw invalid(`The policy is not valid: ${problem}`);
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

/** What keeps the text from being a resource policy: IAM JSON policy elements reference. */
function policyProblem(text: string): string | undefined {
  const policy = parse(text);
  if (!isObject(policy)) return "it must be a JSON object.";
  if (policy["Version"] !== undefined && policy["Version"] !== "2012-10-17" && policy["Version"] !== "2008-10-17") {
    return "Version must be 2012-10-17.";
  }
  const statements = Array.isArray(policy["Statement"]) ? (policy["Statement"] as unknown[]) : [policy["Statement"]];
  if (statements.length === 0) return "Statement must hold at least one statement.";
  for (const [index, statement] of statements.entries()) {
    const problem = statementProblem(statement);
    if (problem !== undefined) return `Statement[${index}]: ${problem}`;
  }
  return undefined;
}

function statementProblem(statement: unknown): string | undefined {
  if (!isObject(statement)) return "it must be an object.";
  if (statement["Effect"] !== "Allow" && statement["Effect"] !== "Deny") return "Effect must be Allow or Deny.";
  if (statement["Principal"] === undefined && statement["NotPrincipal"] === undefined) return "Principal is missing.";
  if (!isTexts(statement["Action"] ?? statement["NotAction"])) return "Action must be one or several action names.";
  const resource = statement["Resource"] ?? statement["NotResource"];
  if (resource !== undefined && !isTexts(resource)) return "Resource must be one or several ARNs.";
  return undefined;
}

function isTexts(value: unknown): boolean {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.length > 0 && values.every((entry) => typeof entry === "string" && entry !== "");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function noPolicy(arn: string | undefined) {
  return notFound(`The resource ${arn} has no resource policy.`);
}

function policiesIn(store: Store): Table<string> {
  return store.table("catalog.resource-policies");
}
