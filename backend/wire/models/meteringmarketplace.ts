import type { ConstraintModel } from "../constraints";
import type { ServiceModel } from "../model-schemas";
import model from "./meteringmarketplace.json";
import wire from "./meteringmarketplace.shapes.json";

export const constraints: ConstraintModel = model;
export const shapes: ServiceModel = wire;
