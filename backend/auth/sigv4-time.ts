import type { Claim } from "./sigv4-claim";
import { AuthenticationFailure } from "./sigv4-failure";

const minute = 60_000;

/** When it was signed. Refuses a signature that is too old, not yet valid, or dated otherwise than its scope. */
export function checkTimes(claim: Claim, now: Date): number {
  const signed = parseAmzDate(claim.amzDate);
  if (signed === undefined || !claim.amzDate.startsWith(claim.date)) {
    throw new AuthenticationFailure(
      claim.presignedFor === undefined ? "incomplete" : "malformed-parameters",
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${claim.date}' != '${claim.amzDate.slice(0, 32)}'.`,
    );
  }
  if (claim.presignedFor === undefined) checkSkew(claim, signed, now);
  else checkLifetime(claim, signed, claim.presignedFor, now);
  return signed;
}

/** S3 takes 15 minutes either way, the others 5. */
function checkSkew(claim: Claim, signed: number, now: Date): void {
  const allowed = claim.service === "s3" ? 15 : 5;
  const age = now.getTime() - signed;
  if (Math.abs(age) <= allowed * minute) return;
  const limit = amzDate(now.getTime() + (age > 0 ? -allowed : allowed) * minute);
  const verdict =
    age > 0
      ? `Signature expired: ${claim.amzDate} is now earlier than ${limit} (${amzDate(now.getTime())} - ${allowed} min.)`
      : `Signature not yet current: ${claim.amzDate} is still later than ${limit} (${amzDate(now.getTime())} + ${allowed} min.)`;
  throw new AuthenticationFailure("skewed", verdict, {
    RequestTime: claim.amzDate,
    ServerTime: now.toISOString().replace(/\.\d+/, ""),
    MaxAllowedSkewMilliseconds: String(allowed * minute),
  });
}

function checkLifetime(claim: Claim, signed: number, seconds: number, now: Date): void {
  if (signed - now.getTime() > 15 * minute)
    throw new AuthenticationFailure("expired-request", "Request is not valid yet");
  const end = signed + seconds * 1000;
  if (now.getTime() <= end) return;
  throw new AuthenticationFailure("expired-request", "Request has expired", {
    "X-Amz-Expires": String(seconds),
    Expires: new Date(end).toISOString().replace(/\.\d+/, ""),
    ServerTime: now.toISOString().replace(/\.\d+/, ""),
  });
}

function parseAmzDate(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return undefined;
  const time = Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`);
  return Number.isNaN(time) ? undefined : time;
}

function amzDate(time: number): string {
  return new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, "");
}
