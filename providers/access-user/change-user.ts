import type { IamCalls } from "../iam/calls";
import { isGone, orNone } from "../iam/calls";
import type { SeenUser } from "./seen-user";
import type { WantedUser } from "./wanted-user";

/** Path, tags and boundary: what can be read back, and is set only where it differs. */
export async function changeUser(iam: IamCalls, seen: SeenUser, wanted: WantedUser): Promise<void> {
  const UserName = seen.name;
  if (seen.path !== wanted.path) {
    await iam((client, { UpdateUserCommand }) =>
      client.send(new UpdateUserCommand({ UserName, NewPath: wanted.path })),
    );
  }
  await changeTags(iam, seen, wanted);
  if (seen.permissionsBoundary !== wanted.permissionsBoundary) await bound(iam, UserName, wanted.permissionsBoundary);
}

async function changeTags(iam: IamCalls, { name: UserName, tags }: SeenUser, wanted: WantedUser): Promise<void> {
  const Tags = Object.entries(wanted.tags)
    .filter(([name, value]) => tags[name] !== value)
    .map(([Key, Value]) => ({ Key, Value }));
  const TagKeys = Object.keys(tags).filter((name) => !Object.hasOwn(wanted.tags, name));
  if (Tags.length > 0) {
    await iam((client, { TagUserCommand }) => client.send(new TagUserCommand({ UserName, Tags })));
  }
  if (TagKeys.length > 0) {
    await iam((client, { UntagUserCommand }) => client.send(new UntagUserCommand({ UserName, TagKeys })));
  }
}

async function bound(iam: IamCalls, UserName: string, PermissionsBoundary: string | undefined): Promise<void> {
  if (PermissionsBoundary === undefined) {
    await orNone(
      iam((client, { DeleteUserPermissionsBoundaryCommand }) =>
        client.send(new DeleteUserPermissionsBoundaryCommand({ UserName })),
      ),
    );
    return;
  }
  try {
    await iam((client, { PutUserPermissionsBoundaryCommand }) =>
      client.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary })),
    );
  } catch (error) {
    throw noBoundary(error, PermissionsBoundary);
  }
}

/** IAM's complaint about a boundary, with the property that it is about; other errors as they are. */
export function noBoundary(error: unknown, arn: string | undefined): unknown {
  if (arn === undefined || !isGone(error)) return error;
  return new Error(
    `permissionsBoundary: there is no managed policy ${arn} that could be a boundary. Create it first. [NoSuchEntity]`,
    { cause: error },
  );
}
