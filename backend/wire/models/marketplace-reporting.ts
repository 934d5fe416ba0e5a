import type { ConstraintModel } from "../constraints";
import type { ServiceModel } from "../model-schemas";
import model from "./marketplace-reporting.json";
import wire from "./marketplace-reporting.shapes.json";

export const constraints: ConstraintModel = model;
export const shapes: ServiceModel = wire;
