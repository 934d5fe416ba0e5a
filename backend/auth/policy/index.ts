export { decide, type Decision, type Policies } from "./decide";
export { EMPTY_POLICY, named, type Policy } from "./policy";
export { readPolicy, type PolicyKind } from "./read";
export { type ContextKeys, RequestContext, type Request, type Requester } from "./request";
