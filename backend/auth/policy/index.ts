export { decide, type Decision, type Policies } from "./decide";
export type { Policy } from "./policy";
export { readPolicy, type PolicyKind } from "./read";
export { RequestContext, type Request, type Requester } from "./request";
