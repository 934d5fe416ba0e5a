import { AwsError } from "../../service";

/** 16 KB before it is encoded: Amazon EC2 User Guide, "Run commands when you launch an EC2 instance". */
const most = 16384;

/**
 * The user data of a launch, as it came.
 *
 * @throws AwsError InvalidUserData.Malformed for what is not base64, InvalidParameterValue for what is too long.
 */
export function checkUserData(base64: string): string {
  const text = base64.replace(/\s+/g, "");
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    throw new AwsError("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.");
  }
  if (Buffer.byteLength(text, "base64") <= most) return base64;
  throw new AwsError("InvalidParameterValue", `User data is limited to ${most} bytes`);
}
