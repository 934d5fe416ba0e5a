import { type Problem, unless } from "../problem";

/** Most characters of a name: IAM User Guide, "IAM and AWS STS quotas". */
const longest = { user: 64, group: 128 } as const;

/** IAM API reference, CreateUser and CreateGroup: letters, digits and these, in any case. */
const allowed = /^[\w+=,.@-]+$/;

/** Why IAM would refuse the name of a user or a group; at `path` of what is checked. */
export function checkName(kind: keyof typeof longest, value: unknown, path: string): Problem[] {
  if (value === undefined || value === "") return problem("MISSING_NAME", path, `The ${kind} needs a name.`);
  if (typeof value !== "string") return problem("INVALID_NAME", path, `The name of a ${kind} is a text.`);
  const most = longest[kind];
  return [
    ...unless(
      value.length <= most,
      "INVALID_NAME",
      path,
      `The name of a ${kind} has at most ${most} characters; this one has ${value.length}.`,
    ),
    ...unless(
      allowed.test(value),
      "INVALID_NAME",
      path,
      `The name of a ${kind} is made of letters, digits and +=,.@-_ ; ${JSON.stringify(value)} is not.`,
    ),
  ];
}

/** A path begins and ends with a slash and has at most 512 characters: IAM API reference, CreateUser. */
export function checkPath(value: unknown, path: string): Problem[] {
  if (value === undefined) return [];
  return unless(
    typeof value === "string" && value.length <= 512 && /^\/(?:[!-~]+\/)?$/.test(value),
    "INVALID_PATH",
    path,
    `A path begins and ends with a slash, as in /division/team/, and has at most 512 characters.`,
  );
}

function problem(code: string, path: string, message: string): Problem[] {
  return [{ code, path, message }];
}
