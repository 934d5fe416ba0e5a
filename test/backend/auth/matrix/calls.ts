import {
  agreementInputs,
  deploymentInputs,
  discoveryInputs,
  entitlementInputs,
  meteringInputs,
  reportingInputs,
  secretsInputs,
  ssmInputs,
} from "./buying-inputs";
import type { Belongings } from "./belongings";
import { catalogInputs, ec2Inputs, iamInputs, type Inputs, s3Inputs, stsInputs } from "./inputs";

/** A request of the matrix. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  /** The operation's name, or where there are several calls of one, which of them it is. */
  readonly label: string;
  readonly input: object;
}

const INPUTS: Readonly<Record<string, (things: Belongings) => Inputs>> = {
  agreement: agreementInputs,
  catalog: catalogInputs,
  deployment: deploymentInputs,
  discovery: discoveryInputs,
  ec2: ec2Inputs,
  entitlement: entitlementInputs,
  iam: iamInputs,
  metering: meteringInputs,
  reporting: reportingInputs,
  s3: s3Inputs,
  secretsmanager: secretsInputs,
  ssm: ssmInputs,
  sts: stsInputs,
};

export const SERVICES = Object.keys(INPUTS);

/** One call of each operation, and one more where the rights differ by what it asks for. */
export function callsOf(service: string, operations: readonly string[], things: Belongings): Call[] {
  const inputs = INPUTS[service]?.(things);
  return operations.flatMap((operation) => {
    const special = inputs?.special?.[operation];
    if (Array.isArray(special)) {
      return special.map(([label, input]) => ({ service, operation, label: `${operation} ${label}`, input }));
    }
    return [{ service, operation, label: operation, input: special ?? inputs?.common ?? {} }];
  });
}
