import type { ConstraintModel } from "../constraints";
import type { ServiceModel } from "../model-schemas";
import model from "./secretsmanager.json";
import wire from "./secretsmanager.shapes.json";

export const constraints: ConstraintModel = model;
export const shapes: ServiceModel = wire;
