import { checkUser } from "../../marketplace/access/checks";
import { type IamCalls, iamOf, isTaken } from "../iam/calls";
import { knownFailures } from "../iam/known-failures";
import { makerOf } from "../iam/maker";
import { checkNames } from "../property-names";
import { PartlyDone, type Properties } from "../provider";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";
import { changeUser, noBoundary } from "./change-user";
import { changeKey, changePassword, type Credentials, removeAllKeys } from "./credentials";
import { deleteUser } from "./delete-user";
import { makerTag, seeUser, type SeenUser } from "./seen-user";
import { type WantedUser, wantedUser } from "./wanted-user";

const inputNames = [
  "name",
  "path",
  "tags",
  "permissionsBoundary",
  "consoleAccess",
  "password",
  "passwordResetRequired",
  "accessKey",
  "connection",
];

/** An IAM user with a password, a key, or neither. The id is the user's name. */
export const accessUser: Reconciler = {
  check: (_olds, news) => ({
    inputs: news,
    failures: [...checkNames(news, inputNames, "AccessUser"), ...knownFailures(news, checkUser(news))],
  }),

  diff: (olds, news) => {
    const replaces = ["name", "connection"].filter((name) => !same(olds[name], news[name]));
    // A demand to choose another password matters when one is given, and is gone once the person has done so.
    const { password: known, passwordResetRequired: _, ...last } = wantedUser(olds);
    const { password = known, passwordResetRequired: __, ...wanted } = wantedUser(news);
    return { changes: replaces.length > 0 || !same(last, wanted) || password !== known, replaces };
  },

  create: async (place, inputs) => {
    const wanted = wantedUser(inputs);
    await make(place, wanted);
    return { id: wanted.name, outs: await converge(place, inputs, {}) };
  },

  update: (place, _id, olds, news) => converge(place, news, credentialsIn(olds)),

  read: async (place, id, props) => {
    const seen = await seeUser(iamOf(place), id);
    if (seen === undefined) return undefined;
    const outs = outputsOf({ ...props, name: id }, seen, credentialsIn(props));
    const { password: _, ...inputs } = Object.fromEntries(
      Object.entries(outs).filter(([name]) => inputNames.includes(name)),
    );
    return { props: outs, inputs };
  },

  delete: (place, id) => deleteUser(iamOf(place), id),
};

/** A user that this stack made in a run that could not save it is taken over; anybody else's is not touched. */
async function make(
  place: Place,
  { name: UserName, path: Path, tags, permissionsBoundary }: WantedUser,
): Promise<void> {
  const iam = iamOf(place);
  const maker = await makerOf(place.host);
  const Tags = Object.entries({ ...tags, ...(maker !== "" && { [makerTag]: maker }) }).map(([Key, Value]) => ({
    Key,
    Value,
  }));
  const user = { UserName, Path, Tags, PermissionsBoundary: permissionsBoundary };
  try {
    await iam((client, { CreateUserCommand }) => client.send(new CreateUserCommand(user)));
  } catch (error) {
    if (!isTaken(error)) throw noBoundary(error, permissionsBoundary);
    const there = await seeUser(iam, UserName);
    if (maker === "" || there?.maker !== maker || place.claims.held.has(UserName)) {
      const message =
        `name: there is a user ${UserName} already, whom this stack did not make. ` +
        `Choose another name, or put that user into groups by name. [EntityAlreadyExists]`;
      throw new Error(message, { cause: error });
    }
    // Their secrets were lost with that run.
    await removeAllKeys(iam, UserName);
  }
}

/** Looks, changes what differs, and looks again. What came of it is kept even when a step fails. */
async function converge(place: Place, inputs: Properties, known: Credentials): Promise<Properties> {
  const iam = iamOf(place);
  const wanted = wantedUser(inputs);
  const seen = await seeUser(iam, wanted.name);
  if (seen === undefined) {
    throw new Error(`name: the user ${wanted.name} is gone. Refresh the stack, and it is made again.`);
  }
  let credentials = known;
  try {
    await changeUser(iam, seen, wanted);
    const password = await changePassword(iam, seen, wanted, known.password);
    credentials = { ...credentials, password };
    credentials = { password, ...(await changeKey(iam, seen, wanted, known)) };
  } catch (error) {
    throw new PartlyDone(wanted.name, await outputs(iam, inputs, seen, credentials), error);
  }
  return outputs(iam, inputs, seen, credentials);
}

async function outputs(iam: IamCalls, inputs: Properties, seen: SeenUser, credentials: Credentials) {
  return outputsOf(inputs, (await seeUser(iam, seen.name)) ?? seen, credentials);
}

/** The declaration with what is really there; a key or password that is gone shows as one that nobody declared. */
function outputsOf(declared: Properties, seen: SeenUser, known: Credentials): Properties {
  const { password: _, accessKeyId: __, secretAccessKey: ___, ...rest } = declared;
  const hasKey = known.accessKeyId !== undefined && seen.activeKeys.includes(known.accessKeyId);
  return {
    ...rest,
    path: seen.path,
    tags: seen.tags,
    permissionsBoundary: seen.permissionsBoundary,
    consoleAccess: seen.consoleAccess,
    accessKey: hasKey,
    arn: seen.arn,
    ...(seen.consoleAccess && known.password !== undefined && { password: known.password }),
    ...(known.accessKeyId !== undefined && {
      accessKeyId: known.accessKeyId,
      secretAccessKey: known.secretAccessKey,
    }),
  };
}

function credentialsIn({ password, accessKeyId, secretAccessKey }: Properties): Credentials {
  return {
    ...(typeof password === "string" && { password }),
    ...(typeof accessKeyId === "string" && { accessKeyId }),
    ...(typeof secretAccessKey === "string" && { secretAccessKey }),
  };
}
