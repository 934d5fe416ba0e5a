import { AwsError } from "../service";

/** ValidationException, with the name of the member that is wrong. */
export function invalid(fieldName: string, message: string): AwsError {
  return new AwsError("ValidationException", message, { members: { fieldName } });
}

export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message);
}

export function denied(message: string): AwsError {
  return new AwsError("AccessDeniedException", message);
}

/** ConflictException; `resourceId` is what stands in the way. */
export function conflict(resourceId: string, message: string): AwsError {
  return new AwsError("ConflictException", message, { members: { resourceId } });
}

export function overQuota(message: string): AwsError {
  return new AwsError("ServiceQuotaExceededException", message);
}
