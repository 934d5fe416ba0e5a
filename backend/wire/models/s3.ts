import type { ConstraintModel } from "../constraints";
import model from "./s3.json";

export const constraints: ConstraintModel = model;
