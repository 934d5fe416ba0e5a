import { AwsError } from "../service";

/** The longest message that an error of the catalog carries: API reference, ExceptionMessageContent. */
export const LONGEST_MESSAGE = 2048;

/** 422: the request itself is wrong. */
export function invalid(message: string): AwsError {
  return new AwsError("ValidationException", shorten(message));
}

/** 404: there is no such thing, or it is another account's. */
export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", shorten(message));
}

/** 403: it is there, but not for this caller. */
export function denied(message: string): AwsError {
  return new AwsError("AccessDeniedException", shorten(message));
}

/** 423: somebody else is at work on it. */
export function inUse(message: string): AwsError {
  return new AwsError("ResourceInUseException", shorten(message));
}

/** 402: one more than the account may have. */
export function overQuota(message: string): AwsError {
  return new AwsError("ServiceQuotaExceededException", shorten(message));
}

export function shorten(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE - 1)}…`;
}
