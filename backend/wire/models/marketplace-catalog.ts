import type { ConstraintModel } from "../constraints";
import model from "./marketplace-catalog.json";

export const constraints: ConstraintModel = model;
