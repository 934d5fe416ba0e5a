import type { Service } from "../service";

export const service: Service = { handlers: {} };
