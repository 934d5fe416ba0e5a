import type { ConstraintModel } from "../constraints";
import type { ServiceModel } from "../model-schemas";
import model from "./marketplace-discovery.json";
import wire from "./marketplace-discovery.shapes.json";

export const constraints: ConstraintModel = model;
export const shapes: ServiceModel = wire;
