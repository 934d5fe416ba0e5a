import type { Api, Operation } from "./api";
import { httpTemplate, type HttpTemplate } from "./http-template";
import { parameter, type WireRequest } from "./message";

interface Route {
  readonly operation: Operation;
  readonly template: HttpTemplate;
  /** Parameters and headers that its input requires. */
  readonly parameters: readonly string[];
  readonly headers: readonly string[];
  /** It is about a bucket, which the address names and the template leaves out. */
  readonly bucket: boolean;
}

const tables = new WeakMap<Api, ReadonlyMap<string, readonly Route[]>>();

/**
 * The REST operation that a request is for: of those whose method and path fit and whose required parameters and headers
 * are there, the one that asks for most. `PUT /key` is PutObject, CopyObject with `x-amz-copy-source`, UploadPart with
 * `partNumber` and `uploadId`.
 */
export function routeOf(api: Api, request: WireRequest): Operation | undefined {
  let table = tables.get(api);
  if (!table) tables.set(api, (table = compile(api)));
  let best: Operation | undefined;
  let most = -1;
  for (const route of table.get(request.method) ?? []) {
    const score = fit(route, request);
    if (score > most) [best, most] = [route.operation, score];
  }
  return best;
}

function fit(route: Route, request: WireRequest): number {
  const { template, parameters, headers } = route;
  if (route.bucket !== (request.labels?.["Bucket"] !== undefined)) return -1;
  if (template.match(request.routePath) === undefined) return -1;
  for (const [name, value] of template.required) {
    const given = parameter(request, name);
    if (given === undefined || (value !== "" && given !== value)) return -1;
  }
  if (parameters.some((name) => parameter(request, name) === undefined)) return -1;
  if (headers.some((name) => request.headers[name] === undefined)) return -1;
  const hinted = template.hint !== undefined && parameter(request, "x-id") === template.hint ? 1 : 0;
  return 2 * (template.required.length + parameters.length + headers.length) + hinted;
}

function compile(api: Api): Map<string, Route[]> {
  const table = new Map<string, Route[]>();
  for (const operation of api.operations.values()) {
    if (!operation.http) continue;
    const route = routeFor(operation, operation.http.template, api.protocols.includes("restXml"));
    const routes = table.get(operation.http.method);
    if (routes) routes.push(route);
    else table.set(operation.http.method, [route]);
  }
  return table;
}

/** A REST-JSON path names one operation, which then says what it lacks; S3's are told apart by what they require. */
function routeFor(operation: Operation, template: string, byRequirements: boolean): Route {
  const members = operation.input?.members ?? [];
  const required = byRequirements ? members.filter((member) => member.required) : [];
  return {
    operation,
    template: httpTemplate(template),
    parameters: required.flatMap(({ traits }) => (traits["httpQuery"] ? [traits["httpQuery"] as string] : [])),
    headers: required.flatMap(({ traits }) =>
      traits["httpHeader"] ? [(traits["httpHeader"] as string).toLowerCase()] : [],
    ),
    bucket: members.some((member) => member.name === "Bucket" && member.traits["httpLabel"]),
  };
}
