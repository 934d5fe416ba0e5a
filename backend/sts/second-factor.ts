import { AwsError } from "../service";

/** Nobody here has a device to sign in with, so that no code is the right one: STS API Reference, "GetSessionToken". */
export function refuseSecondFactor(request: { readonly SerialNumber?: string; readonly TokenCode?: string }): void {
  if (request.SerialNumber === undefined && request.TokenCode === undefined) return;
  throw new AwsError(
    "AccessDenied",
    "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code of a device that is " +
      "enabled for the caller.",
    { status: 403 },
  );
}
