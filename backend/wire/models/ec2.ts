import type { ConstraintModel } from "../constraints";
import model from "./ec2.json";

export const constraints: ConstraintModel = model;
