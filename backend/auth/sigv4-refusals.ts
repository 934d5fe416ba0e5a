import { AwsError } from "../service";
import type { ProtocolName } from "../wire/api";
import type { AuthenticationFailure, FailureReason } from "./sigv4-failure";

/** Code and status, and a text where the service says it in words of its own. */
type Words = readonly [code: string, status: number, message?: string];
type Vocabulary = Readonly<Record<FailureReason, Words>>;

const invalidToken = "The security token included in the request is invalid.";

/** Sources: "Common errors" in the references of the services. The status is that of a REST API. */
const json: Vocabulary = {
  missing: ["MissingAuthenticationTokenException", 403],
  incomplete: ["IncompleteSignatureException", 403],
  "malformed-parameters": ["IncompleteSignatureException", 403],
  "unknown-key": ["UnrecognizedClientException", 403, invalidToken],
  "inactive-key": ["UnrecognizedClientException", 403, invalidToken],
  "wrong-token": ["UnrecognizedClientException", 403, invalidToken],
  "expired-token": ["ExpiredTokenException", 403],
  mismatch: ["InvalidSignatureException", 403],
  skewed: ["InvalidSignatureException", 403],
  "expired-request": ["InvalidSignatureException", 403],
  "unsigned-headers": ["InvalidSignatureException", 403],
  "wrong-payload-hash": ["InvalidSignatureException", 403],
  "no-payload-hash": ["IncompleteSignatureException", 403],
};

/** "Common errors" in the IAM and STS API references. */
const query: Vocabulary = {
  missing: ["MissingAuthenticationToken", 403, "Request is missing Authentication Token"],
  incomplete: ["IncompleteSignature", 400],
  "malformed-parameters": ["IncompleteSignature", 400],
  "unknown-key": ["InvalidClientTokenId", 403, invalidToken],
  "inactive-key": ["InvalidClientTokenId", 403, invalidToken],
  "wrong-token": ["InvalidClientTokenId", 403, invalidToken],
  "expired-token": ["ExpiredToken", 403],
  mismatch: ["SignatureDoesNotMatch", 403],
  skewed: ["SignatureDoesNotMatch", 403],
  "expired-request": ["RequestExpired", 400],
  "unsigned-headers": ["SignatureDoesNotMatch", 403],
  "wrong-payload-hash": ["SignatureDoesNotMatch", 403],
  "no-payload-hash": ["IncompleteSignature", 400],
};

const notValidated = "AWS was not able to validate the provided access credentials";
const authFailure: Words = ["AuthFailure", 401, notValidated];

/** "Error codes for the Amazon EC2 API". */
const ec2: Vocabulary = {
  missing: [
    "MissingAuthenticationToken",
    403,
    "The request must contain either a valid (registered) AWS access key ID or X.509 certificate.",
  ],
  incomplete: ["IncompleteSignature", 400],
  "malformed-parameters": ["IncompleteSignature", 400],
  "unknown-key": authFailure,
  "inactive-key": authFailure,
  "wrong-token": authFailure,
  "expired-token": ["RequestExpired", 400, "Request has expired."],
  mismatch: authFailure,
  skewed: ["RequestExpired", 400, "Request has expired."],
  "expired-request": ["RequestExpired", 400, "Request has expired."],
  "unsigned-headers": authFailure,
  "wrong-payload-hash": authFailure,
  "no-payload-hash": authFailure,
};

/** "Error responses" in the Amazon S3 API reference. */
const s3: Vocabulary = {
  missing: ["AccessDenied", 403, "Access Denied"],
  incomplete: ["AuthorizationHeaderMalformed", 400],
  "malformed-parameters": ["AuthorizationQueryParametersError", 400],
  "unknown-key": ["InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records."],
  "inactive-key": ["InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records."],
  "wrong-token": ["InvalidToken", 400, "The provided token is malformed or otherwise invalid."],
  "expired-token": ["ExpiredToken", 400, "The provided token has expired."],
  mismatch: [
    "SignatureDoesNotMatch",
    403,
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
  ],
  skewed: ["RequestTimeTooSkewed", 403, "The difference between the request time and the current time is too large."],
  "expired-request": ["AccessDenied", 403],
  "unsigned-headers": ["AccessDenied", 403],
  "wrong-payload-hash": ["XAmzContentSHA256Mismatch", 400],
  "no-payload-hash": ["InvalidRequest", 400],
};

/** The failure as the service that was called says it. */
export function refusalOf(failure: AuthenticationFailure, protocol: ProtocolName): AwsError {
  const [code, status, message] = vocabulary(protocol)[failure.reason];
  const rpc = protocol === "awsJson1_0" || protocol === "awsJson1_1" || protocol === "rpcV2Cbor";
  return new AwsError(code, message ?? failure.message, {
    status: rpc ? 400 : status,
    ...(protocol === "restXml" && { members: failure.details }),
  });
}

function vocabulary(protocol: ProtocolName): Vocabulary {
  switch (protocol) {
    case "restXml":
      return s3;
    case "ec2Query":
      return ec2;
    case "query":
      return query;
    default:
      return json;
  }
}
