import type { ConstraintModel } from "../constraints";
import type { ServiceModel } from "../model-schemas";
import model from "./marketplace-entitlement.json";
import wire from "./marketplace-entitlement.shapes.json";

export const constraints: ConstraintModel = model;
export const shapes: ServiceModel = wire;
