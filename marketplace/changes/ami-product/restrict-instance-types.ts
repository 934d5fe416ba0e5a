import { quoted, repeated, unless } from "../../problem";
import type { ChangeType } from "../change-type";
import {
  checkInstanceTypeNames,
  instanceTypesSchema,
  withInstanceTypes,
  type InstanceTypeNames,
} from "./add-instance-types";
import { amiProduct, instanceTypesOf, isOpen, meteredKeys, versionsOf } from "./product";

/** Closes instance types to new subscribers, in all versions. */
export const restrictInstanceTypes: ChangeType<InstanceTypeNames> = {
  changeType: "RestrictInstanceTypes",
  entityType: amiProduct,
  schema: instanceTypesSchema,
  check: (_world, entity, { InstanceTypes: types }) => {
    const available = instanceTypesOf(entity).AvailableInstanceTypes;
    const left = available.filter((type) => !types.includes(type));
    return [
      ...checkInstanceTypeNames(types).filter(({ code }) => code === "INVALID_INSTANCE_TYPES"),
      ...repeated(types).map((type) => ({
        code: "DUPLICATE_INSTANCE_TYPE",
        path: "InstanceTypes",
        message: `${quoted([type])} is given twice.`,
      })),
      ...types.flatMap((type, i) =>
        unless(
          available.includes(type) || checkInstanceTypeNames([type]).length > 0,
          "UNAVAILABLE_INSTANCE_TYPE",
          `InstanceTypes[${i}]`,
          `The product does not offer ${type}, so it cannot be restricted.`,
        ),
      ),
      ...unless(
        left.length > 0 || available.length === 0,
        "REGION_NO_INSTANCES",
        "InstanceTypes",
        "No instance type would be left, so the product could not be launched in any region.",
      ),
    ];
  },
  apply: (_world, entity, { InstanceTypes: restricted }) => {
    const before = instanceTypesOf(entity);
    return withInstanceTypes(entity, {
      AvailableInstanceTypes: before.AvailableInstanceTypes.filter((type) => !restricted.includes(type)),
      RestrictedInstanceTypes: [...new Set([...before.RestrictedInstanceTypes, ...restricted])],
    });
  },
  verify: (_world, entity, { InstanceTypes: types }) => {
    const metered = types.filter((type) => meteredKeys(entity).includes(type));
    const recommended = versionsOf(entity)
      .filter(isOpen)
      .flatMap(({ DeliveryOptions }) => DeliveryOptions)
      .filter(({ Recommendations }) => types.includes(Recommendations.InstanceType));
    return [
      ...recommended.map(({ Id, Recommendations: { InstanceType } }) => ({
        code: "RECOMMENDED_INSTANCE_TYPE_RESTRICTED",
        path: `InstanceTypes[${types.indexOf(InstanceType)}]`,
        message: `${InstanceType} is the recommended type of delivery option ${Id}. Recommend another one first.`,
      })),
      ...metered.map((type) => ({
        code: "DIMENSIONS_NOT_RESTICTED",
        path: `InstanceTypes[${types.indexOf(type)}]`,
        message: `${type} has a dimension with an hourly price. Restrict the dimension first.`,
      })),
    ];
  },
};
