import { expect, test } from "vitest";
import { approvedAfter } from "../../../marketplace/agreements/approval";

test.each([
  ["P10D", 864_000_000],
  ["P1DT12H", 129_600_000],
  ["PT90M", 5_400_000],
  ["PT1.5S", 1_000],
  ["P0D", undefined],
  ["-P1D", undefined],
  ["P1M", undefined],
  ["P", undefined],
  ["soon", undefined],
])("%s", (expirationDuration, milliseconds) => {
  const automatic = { paymentRequestApprovalStrategy: "AUTO_APPROVE_ON_EXPIRATION", expirationDuration } as const;
  expect(approvedAfter(automatic)).toBe(milliseconds);
  expect(approvedAfter({ ...automatic, paymentRequestApprovalStrategy: "WAIT_FOR_APPROVAL" })).toBeUndefined();
});
