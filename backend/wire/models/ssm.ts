import type { ConstraintModel } from "../constraints";
import type { ServiceModel } from "../model-schemas";
import model from "./ssm.json";
import wire from "./ssm.shapes.json";

export const constraints: ConstraintModel = model;
export const shapes: ServiceModel = wire;
