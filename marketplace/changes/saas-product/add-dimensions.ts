import { quoted, unless } from "../../problem";
import { addDimensions as addTo } from "../product/add-dimensions";
import { saasProduct } from "../product/product";

/** Appends dimensions to a SaaS product. What runs with its seller is metered by its seller. */
export const addDimensions = addTo(saasProduct, (_world, _entity, added) =>
  added.flatMap(({ Key, Types }, i) => {
    const message = `${quoted([Key])} would be metered by AWS, which meters images and containers. Use ExternallyMetered or Entitled.`;
    return unless(!Types.includes("Metered"), "INVALID_DIMENSION", `[${i}].Types`, message);
  }),
);
