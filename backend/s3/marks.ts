import { AwsError } from "../service";

const sign = "s3:";

/** A continuation token for the name that a page ended with: opaque to clients, as S3's are. */
export function writeMark(name: string): string {
  return Buffer.from(sign + name).toString("base64url");
}

/** The name in a continuation token. Fails with InvalidArgument for anything that is not one of ours. */
export function readMark(token: string): string {
  const text = Buffer.from(token, "base64url").toString();
  if (text.startsWith(sign)) return text.slice(sign.length);
  throw new AwsError("InvalidArgument", "The continuation token provided is incorrect", {
    status: 400,
    members: { ArgumentName: "continuation-token" },
  });
}

/** How many a page may hold at most: what is asked for, up to 1000. Fails with InvalidArgument below 0. */
export function readLimit(argument: string, asked: number | undefined): number {
  if (asked === undefined || asked >= 0) return Math.min(asked ?? 1000, 1000);
  throw new AwsError("InvalidArgument", `Argument ${argument} must be an integer between 0 and 2147483647`, {
    status: 400,
    members: { ArgumentName: argument, ArgumentValue: asked },
  });
}
