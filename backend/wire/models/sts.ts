import type { ConstraintModel } from "../constraints";
import model from "./sts.json";

export const constraints: ConstraintModel = model;
