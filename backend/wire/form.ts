import type { WireRequest } from "./message";
import { splitForm } from "./message";
import { Malformed } from "./refusal";

/** Parameters of a query request by the parts of their names: `Tags.member.1.Key` is four levels deep. */
export interface FormNode {
  value: string | undefined;
  children: Map<string, FormNode> | undefined;
}

/** More parts than any input has. */
const deepest = 64;

const forms = new WeakMap<WireRequest, [name: string, value: string][]>();

/** Query requests carry their parameters in a form, or in the address when they are sent with GET. */
export function formOf(request: WireRequest): [name: string, value: string][] {
  let form = forms.get(request);
  if (!form) forms.set(request, (form = readForm(request)));
  return form;
}

function readForm(request: WireRequest): [name: string, value: string][] {
  if (request.method === "GET" || request.method === "HEAD") return [...request.query] as [string, string][];
  let body: [string, string][];
  try {
    body = splitForm(Buffer.from(request.body).toString("latin1"));
  } catch {
    throw new Malformed("The form is not encoded properly.");
  }
  return request.query.length === 0
    ? body
    : [...request.query.map(([name, value]) => [name, value] as [string, string]), ...body];
}

/** What the form says first holds where a name is repeated. */
export function formTree(parameters: readonly (readonly [name: string, value: string])[]): FormNode {
  const root: FormNode = { value: undefined, children: undefined };
  for (const [name, value] of parameters) {
    const parts = name.split(".", deepest);
    let node = root;
    for (const part of parts) {
      node.children ??= new Map();
      let child = node.children.get(part);
      if (!child) node.children.set(part, (child = { value: undefined, children: undefined }));
      node = child;
    }
    node.value ??= value;
  }
  return root;
}

/** Numbered children in the order of their numbers; gaps do not matter. */
export function numbered(node: FormNode): FormNode[] {
  const found: [number, FormNode][] = [];
  for (const [key, child] of node.children ?? []) if (/^\d{1,9}$/.test(key)) found.push([Number(key), child]);
  return found.toSorted(([a], [b]) => a - b).map(([, child]) => child);
}
