import { admitsIngestion, ingestionPolicy, ingestionTrust } from "../../marketplace/access/ingestion";
import { makerTag } from "../access-user/seen-user";
import { type IamCalls, iamOf, isGone, isTaken, orNone } from "../iam/calls";
import { makerOf } from "../iam/maker";
import { checkNames } from "../property-names";
import type { CheckFailure, Properties } from "../provider";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";
import { isUnknown } from "../unknown";

const inputNames = ["name", "connection"];
const trust = JSON.stringify(ingestionTrust);

/** An IAM role that lets AWS Marketplace copy images. The id is the role's name. */
export const ingestionRole: Reconciler = {
  check: (_olds, news) => ({
    inputs: news,
    failures: [...checkNames(news, inputNames, "IngestionRole"), ...checkName(news.name)],
  }),

  diff: (olds, news) => {
    const replaces = inputNames.filter((name) => !same(olds[name], news[name]));
    return { changes: replaces.length > 0 || olds.admits !== true, replaces };
  },

  create: async (place, inputs) => {
    const name = String(inputs.name);
    await make(place, name);
    return { id: name, outs: await converge(iamOf(place), name, inputs) };
  },

  update: (place, id, _olds, news) => converge(iamOf(place), id, news),

  read: async (place, id, props) => {
    const seen = await see(iamOf(place), id);
    if (seen === undefined) return undefined;
    const inputs = { name: id, ...(props.connection !== undefined && { connection: props.connection }) };
    return { props: { ...inputs, arn: seen.arn, admits: seen.admits }, inputs };
  },

  delete: async (place, RoleName) => {
    const iam = iamOf(place);
    try {
      await iam((client, { DetachRolePolicyCommand }) =>
        client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: ingestionPolicy })),
      );
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    await orNone(iam((client, { DeleteRoleCommand }) => client.send(new DeleteRoleCommand({ RoleName }))));
  },
};

/** IAM API reference, CreateRole. */
function checkName(name: unknown): CheckFailure[] {
  if (isUnknown(name) || (typeof name === "string" && /^[\w+=,.@-]{1,64}$/.test(name))) return [];
  return [{ property: "name", reason: "A role's name has 1 to 64 letters, digits and _+=,.@-." }];
}

/** A role that this stack made in a run that could not save it is taken over; anybody else's is not touched. */
async function make(place: Place, RoleName: string): Promise<void> {
  const iam = iamOf(place);
  const maker = await makerOf(place.host);
  const Tags = maker === "" ? [] : [{ Key: makerTag, Value: maker }];
  try {
    await iam((client, { CreateRoleCommand }) =>
      client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, Tags })),
    );
  } catch (error) {
    if (!isTaken(error)) throw error;
    const there = await see(iam, RoleName);
    if (maker !== "" && there?.maker === maker && !place.claims.held.has(RoleName)) return;
    const message = `name: there is a role ${RoleName} already, which this stack did not make. Choose another name. [EntityAlreadyExists]`;
    throw new Error(message, { cause: error });
  }
}

async function converge(iam: IamCalls, RoleName: string, inputs: Properties): Promise<Properties> {
  await iam((client, { UpdateAssumeRolePolicyCommand }) =>
    client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust })),
  );
  await iam((client, { AttachRolePolicyCommand }) =>
    client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ingestionPolicy })),
  );
  const seen = await see(iam, RoleName);
  if (seen === undefined)
    throw new Error(`name: the role ${RoleName} is gone. Refresh the stack, and it is made again.`);
  return { ...inputs, arn: seen.arn, admits: seen.admits };
}

async function see(iam: IamCalls, RoleName: string) {
  const found = await orNone(iam((client, { GetRoleCommand }) => client.send(new GetRoleCommand({ RoleName }))));
  const role = found?.Role;
  if (role === undefined) return undefined;
  const { AttachedPolicies = [] } = await iam((client, { ListAttachedRolePoliciesCommand }) =>
    client.send(new ListAttachedRolePoliciesCommand({ RoleName })),
  );
  const policies = AttachedPolicies.map(({ PolicyArn = "" }) => PolicyArn);
  return {
    arn: role.Arn ?? "",
    maker: role.Tags?.find(({ Key }) => Key === makerTag)?.Value,
    admits: admitsIngestion(decodeURIComponent(role.AssumeRolePolicyDocument ?? ""), policies),
  };
}
