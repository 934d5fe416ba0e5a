import type { Caller, Signature } from "../service";
import type { WireRequest } from "../wire/message";
import { canonicalRequest } from "./sigv4-canonical";
import { readClaim, type Claim } from "./sigv4-claim";
import { AuthenticationFailure } from "./sigv4-failure";
import { credentialScope, sameSignature, sameText, sha256, sign, signingKey } from "./sigv4-key";
import { checkTimes } from "./sigv4-time";

/** What an access key id stands for. */
export interface KnownKey {
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  readonly active: boolean;
  readonly caller: Caller;
}

export interface Authenticated {
  readonly caller: Caller;
  /** That the request is signed for. */
  readonly region: string;
  readonly signature: Signature;
  /** The first link of the chain that signs a body in chunks. */
  readonly seal?: Seal;
}

export interface Seal {
  readonly claim: Claim;
  readonly key: Buffer;
}

export interface Times {
  /** What clients sign by: the machine's time. */
  readonly real: Date;
  /** What credentials expire by: the marketplace's time, which tests turn. */
  readonly market: Date;
}

/**
 * Who signed a request, by header or in the address.
 *
 * @throws AuthenticationFailure with the reason when nobody known did.
 */
export function authenticate(
  request: WireRequest,
  findKey: (accessKeyId: string) => KnownKey | undefined,
  times: Times,
): Authenticated {
  const claim = readClaim(request);
  const signed = checkTimes(claim, times.real);
  const known = findKey(claim.accessKeyId);
  if (!known) {
    const details = { AWSAccessKeyId: claim.accessKeyId };
    throw new AuthenticationFailure("unknown-key", "The security token included in the request is invalid.", details);
  }
  checkSignedHeaders(request, claim);
  const canonical = canonicalRequest(request, claim, payloadHash(request, claim));
  const stringToSign = `AWS4-HMAC-SHA256\n${claim.amzDate}\n${credentialScope(claim)}\n${sha256(Buffer.from(canonical, "latin1"))}`;
  const key = signingKey(known.secretAccessKey, claim);
  if (!sameSignature(sign(key, stringToSign), claim.signature)) throw mismatch(claim, stringToSign, canonical);
  checkKey(known, claim.sessionToken, times.market);
  const place = claim.presignedFor === undefined ? "header" : "address";
  const signature = { version: "AWS4-HMAC-SHA256", place, age: times.real.getTime() - signed } as const;
  return { caller: known.caller, region: claim.region, signature, seal: { claim, key } };
}

/** Refuses a key that is switched off, or a session's without its token or after its time. */
export function checkKey(known: KnownKey, sessionToken: string | undefined, now: Date): void {
  if (!known.active)
    throw new AuthenticationFailure("inactive-key", "The security token included in the request is invalid.");
  if (known.sessionToken === undefined) return;
  if (sessionToken === undefined || !sameText(known.sessionToken, sessionToken))
    throw new AuthenticationFailure("wrong-token", "The security token included in the request is invalid.");
  if (known.expiration !== undefined && known.expiration <= now)
    throw new AuthenticationFailure("expired-token", "The security token included in the request is expired");
}

/** Without the host, and for S3 without each x-amz header, a signature would cover too little. */
function checkSignedHeaders(request: WireRequest, claim: Claim): void {
  if (!claim.signedHeaders.includes("host")) {
    throw new AuthenticationFailure(
      "incomplete",
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
  if (claim.service !== "s3") return;
  const unsigned = Object.keys(request.headers).filter(
    (name) => name.startsWith("x-amz-") && name !== "x-amz-content-sha256" && !claim.signedHeaders.includes(name),
  );
  if (unsigned.length > 0) {
    throw new AuthenticationFailure(
      "unsigned-headers",
      "There were headers present in the request which were not signed",
      { HeadersNotSigned: unsigned.join(", ") },
    );
  }
}

/** The hash that is signed, held against the body where the body is what it stands for. */
function payloadHash(request: WireRequest, claim: Claim): string {
  const declared = request.headers["x-amz-content-sha256"];
  if (claim.service !== "s3") return sha256(request.body);
  if (claim.presignedFor !== undefined) return declared ?? "UNSIGNED-PAYLOAD";
  if (declared === undefined) {
    throw new AuthenticationFailure(
      "no-payload-hash",
      "Missing required header for this request: x-amz-content-sha256",
    );
  }
  if (declared === "UNSIGNED-PAYLOAD" || declared.startsWith("STREAMING-")) return declared;
  const actual = sha256(request.body);
  if (declared === actual) return declared;
  throw new AuthenticationFailure(
    "wrong-payload-hash",
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    { ClientComputedContentSHA256: declared, S3ComputedContentSHA256: actual },
  );
}

function mismatch(claim: Claim, stringToSign: string, canonical: string): AuthenticationFailure {
  return new AuthenticationFailure(
    "mismatch",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    {
      AWSAccessKeyId: claim.accessKeyId,
      StringToSign: stringToSign,
      SignatureProvided: claim.signature,
      CanonicalRequest: canonical,
    },
  );
}
