import { quoted, unless } from "../../problem";
import { addDimensions as addTo } from "../product/add-dimensions";
import { amiProduct, instanceTypesOf } from "./product";

/** Appends dimensions to an AMI product; AWS meters instance types that the product offers. */
export const addDimensions = addTo(amiProduct, (_world, entity, added) =>
  added.flatMap(({ Key, Types }, i) => {
    const fine = !Types.includes("Metered") || instanceTypesOf(entity).AvailableInstanceTypes.includes(Key);
    const message = `${quoted([Key])} is metered by AWS, so it must be an instance type that the product offers.`;
    return unless(fine, "INVALID_DIMENSION", `[${i}].Key`, message);
  }),
);
