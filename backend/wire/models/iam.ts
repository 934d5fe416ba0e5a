import type { ConstraintModel } from "../constraints";
import model from "./iam.json";

export const constraints: ConstraintModel = model;
