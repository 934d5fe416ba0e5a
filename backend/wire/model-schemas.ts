/**
 * Schema objects for services that have no client on npm, made from a service model in botocore's form. They are the same
 * tuples that the SDK's clients export, so everything else is none the wiser.
 */
export interface ServiceModel {
  readonly operations: Readonly<Record<string, ModelOperation>>;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

export interface ModelOperation {
  readonly name: string;
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: { readonly shape: string };
  readonly output?: { readonly shape: string };
}

interface ModelMember {
  readonly shape: string;
  readonly location?: string;
  readonly locationName?: string;
  readonly flattened?: boolean;
  readonly xmlAttribute?: boolean;
}

interface ModelShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, ModelMember>>;
  readonly required?: readonly string[];
  readonly payload?: string;
  readonly union?: boolean;
  readonly document?: boolean;
  readonly streaming?: boolean;
  readonly flattened?: boolean;
  readonly timestampFormat?: string;
  readonly exception?: boolean;
  readonly fault?: boolean;
  readonly error?: { readonly httpStatusCode?: number; readonly code?: string };
  readonly member?: ModelMember;
  readonly key?: ModelMember;
  readonly value?: ModelMember;
}

const timestamps: Readonly<Record<string, number>> = { iso8601: 5, rfc822: 6, unixTimestamp: 7 };
const simple: Readonly<Record<string, number>> = { string: 0, character: 0, boolean: 2, blob: 21 };

/** Operations and errors of a model as schema objects by name; `namespace` is what RPC errors are qualified with. */
export function schemasOf(model: ServiceModel, namespace: string): Readonly<Record<string, unknown>> {
  const made = new Map<string, unknown>();
  const schemaOf = (name: string): unknown => {
    if (!made.has(name)) made.set(name, schema(name, model.shapes[name] as ModelShape));
    return made.get(name);
  };
  const member = (part: ModelMember, payload = false): unknown => [() => schemaOf(part.shape), traits(part, payload)];

  function schema(name: string, shape: ModelShape): unknown {
    if (shape.document) return 15;
    switch (shape.type) {
      case "structure": {
        const members = shape.members ?? {};
        const required = shape.required ?? [];
        const names = [...required, ...Object.keys(members).filter((each) => !required.includes(each))];
        const parts = names.map((each) => member(members[each] as ModelMember, shape.payload === each));
        const kind = shape.exception ? -3 : shape.union ? 4 : 3;
        return [kind, namespace, name, shape.exception ? errorTraits(shape) : 0, names, parts, required.length];
      }
      case "list":
        return [1, namespace, name, shape.flattened ? { xmlFlattened: 1 } : 0, member(shape.member as ModelMember)];
      case "map": {
        const own = shape.flattened ? { xmlFlattened: 1 } : 0;
        return [2, namespace, name, own, member(shape.key as ModelMember), member(shape.value as ModelMember)];
      }
      case "timestamp":
        return timestamps[shape.timestampFormat ?? ""] ?? 4;
      case "blob":
        return shape.streaming ? 42 : 21;
      default:
        return simple[shape.type] ?? 1;
    }
  }

  const operations = Object.values(model.operations).map(({ name, http, input, output }) => {
    const binding = { http: [http.method, http.requestUri, http.responseCode ?? 200] };
    const inputSchema = input === undefined ? "unit" : () => schemaOf(input.shape);
    const outputSchema = output === undefined ? "unit" : () => schemaOf(output.shape);
    return [`${name}$`, [9, namespace, name, binding, inputSchema, outputSchema]] as const;
  });
  const errors = Object.entries(model.shapes)
    .filter(([, shape]) => shape.exception)
    .map(([name]) => [`${name}$`, schemaOf(name)] as const);
  return Object.fromEntries<unknown>([...operations, ...errors]);
}

function errorTraits({ fault, error }: ModelShape): object {
  const status = error?.httpStatusCode;
  return {
    error: fault ? "server" : "client",
    ...(status !== undefined && { httpError: status }),
    ...(error?.code !== undefined && { awsQueryError: [error.code, status ?? 400] }),
  };
}

function traits({ location, locationName, flattened, xmlAttribute }: ModelMember, payload: boolean): object {
  return {
    ...placeOf(location, locationName),
    ...(payload && { httpPayload: 1 }),
    ...(flattened && { xmlFlattened: 1 }),
    ...(xmlAttribute && { xmlAttribute: 1 }),
  };
}

function placeOf(location: string | undefined, name: string | undefined): object {
  switch (location) {
    case "uri":
      return { httpLabel: 1, label: name };
    case "querystring":
      return { httpQuery: name };
    case "header":
      return { httpHeader: name };
    case "headers":
      return { httpPrefixHeaders: name };
    case "statusCode":
      return { httpResponseCode: 1 };
    default:
      return name === undefined ? {} : { jsonName: name, xmlName: name };
  }
}
