import type { ConstraintModel } from "../constraints";
import type { ServiceModel } from "../model-schemas";
import model from "./marketplace-deployment.json";
import wire from "./marketplace-deployment.shapes.json";

export const constraints: ConstraintModel = model;
export const shapes: ServiceModel = wire;
