import { allPages } from "../iam/all-pages";
import { type IamCalls, orNone } from "../iam/calls";

/** The tag that says which project and stack made a user: `paid-ami/dev`. */
export const makerTag = "pulumi-aws-marketplace";

/** A user as IAM has it. */
export interface SeenUser {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  /** Without {@link makerTag}. */
  readonly tags: Readonly<Record<string, string>>;
  /** Empty where nobody of this package made the user. */
  readonly maker: string;
  readonly permissionsBoundary?: string;
  /** Has a password for the console. */
  readonly consoleAccess: boolean;
  /** Ids of the keys that are switched on. */
  readonly activeKeys: readonly string[];
}

/** Undefined when there is no such user. */
export async function seeUser(iam: IamCalls, UserName: string): Promise<SeenUser | undefined> {
  const found = await orNone(iam((client, { GetUserCommand }) => client.send(new GetUserCommand({ UserName }))));
  if (found?.User === undefined) return undefined;
  const { Arn: arn = "", Path: path = "/", Tags = [], PermissionsBoundary } = found.User;
  const { [makerTag]: maker = "", ...tags } = Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
  const boundary = PermissionsBoundary?.PermissionsBoundaryArn;
  const [profile, keys] = await Promise.all([
    orNone(iam((client, { GetLoginProfileCommand }) => client.send(new GetLoginProfileCommand({ UserName })))),
    keysOf(iam, UserName),
  ]);
  return {
    name: UserName,
    arn,
    path,
    tags,
    maker,
    ...(boundary !== undefined && { permissionsBoundary: boundary }),
    consoleAccess: profile !== undefined,
    activeKeys: keys.filter(({ active }) => active).map(({ id }) => id),
  };
}

export async function keysOf(iam: IamCalls, UserName: string) {
  const pages = await allPages((Marker) =>
    iam((client, { ListAccessKeysCommand }) => client.send(new ListAccessKeysCommand({ UserName, Marker }))),
  );
  return pages
    .flatMap(({ AccessKeyMetadata = [] }) => AccessKeyMetadata)
    .map(({ AccessKeyId: id = "", Status }) => ({ id, active: Status === "Active" }));
}
