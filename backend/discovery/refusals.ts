import { AwsError } from "../service";

/** 404: there is no such thing, or it is not for this caller. */
export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message);
}

/** 400, with one of the service's reasons. */
export function invalid(
  reason: "INVALID_PAGINATION_TOKEN" | "MALFORMED_REQUEST_PARAMETERS" | "PAGINATION_LIMIT_EXCEEDED",
  message: string,
): AwsError {
  return new AwsError("ValidationException", message, { members: { reason } });
}
