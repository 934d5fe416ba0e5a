import { AwsError } from "../../service";
import { instanceTypes } from "../instance-type-data";
import type { StoredImage } from "../stored-things";

/**
 * Refuses an instance type that does not exist or cannot run the image, in EC2's words: architecture, virtualization,
 * and enhanced networking where the type has no other.
 */
export function requireFittingType(typeName: string, image: StoredImage): void {
  const type = instanceTypes.get(typeName);
  if (type === undefined) {
    throw new AwsError("InvalidParameterValue", `Invalid value '${typeName}' for InstanceType.`);
  }
  const { architectures, virtualization, ena } = type.traits;
  if (!architectures.includes(image.architecture)) {
    throw new AwsError(
      "InvalidParameterValue",
      `The architecture '${architectures.join(",")}' of the specified instance type does not match the architecture ` +
        `'${image.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, ` +
        "and try again. You can use 'describe-instance-types' or 'describe-images' to discover the architecture of the " +
        "instance type or AMI.",
    );
  }
  if (!virtualization.includes(image.virtualization)) {
    throw new AwsError(
      "InvalidParameterCombination",
      `Virtualization type '${virtualization.join(",")}' is required for instances of type '${typeName}'. Ensure that you ` +
        `are using an AMI with virtualization type '${virtualization.join(",")}'.`,
    );
  }
  if (ena === "required" && !image.ena) {
    throw new AwsError(
      "InvalidParameterCombination",
      `Enhanced networking with the Elastic Network Adapter (ENA) is required for the '${typeName}' instance type. Ensure ` +
        "that you are using an AMI that is enabled for ENA.",
    );
  }
}
