import type { ConstraintModel } from "../constraints";
import type { ServiceModel } from "../model-schemas";
import model from "./marketplace-agreement.json";
import wire from "./marketplace-agreement.shapes.json";

export const constraints: ConstraintModel = model;
export const shapes: ServiceModel = wire;
