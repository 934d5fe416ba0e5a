import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { authorize } from "../auth/authorize";
import { authenticateSigV2 } from "../auth/sigv2";
import { claimedScope, hasSigV2, isUnsigned } from "../auth/sigv4-claim";
import { authenticate, type KnownKey } from "../auth/sigv4";
import { noteKeyUse } from "../iam/key-use";
import type { Pages } from "../pages";
import { AwsError, type Client, type Handler, type Market } from "../service";
import type { Answering, Registered } from "./answering";
import type { Api, ApiIdentity, Protocol } from "./api";
import { withoutChunks } from "./aws-chunked";
import { BodyTooLarge, HungUp, readBody, Stalled } from "./body";
import { findOperation } from "./find-operation";
import { identify, identifyForm } from "./identify";
import { headersOf, splitForm, type WireReply, type WireRequest } from "./message";
import { protocolOf } from "./protocols";
import { refuse } from "./refuse";
import { answerUnsigned } from "./unsigned";
import { s3Address, withHoistedHeaders } from "./s3-address";
import { nobody } from "./nobody";
import { validationError } from "./violations";

export interface Exchange {
  readonly market: Market;
  readonly services: readonly Registered[];
  readonly pages?: readonly Pages[];
  findKey(accessKeyId: string): KnownKey | undefined;
  /** Hears of failures that are ours. */
  onBug(requestId: string, failure: unknown): void;
}

/**
 * Answers one request: identity, operation, input, handler, reply. Never rejects, whatever the client sent; there is
 * nothing to say to one that hung up.
 */
export async function answer(exchange: Exchange, message: IncomingMessage): Promise<WireReply | undefined> {
  const requestId = randomUUID();
  const onBug = (failure: unknown): void => exchange.onBug(requestId, failure);
  const { head, readable } = readHead(message);
  const page = exchange.pages?.find(({ path }) => head.rawPath.startsWith(path));
  if (page && readable) return servePage(exchange.market, page, head, onBug);
  const scope = claimedScope(head);
  let registered = identify(exchange.services, head, scope?.service);
  const limited = registered ?? nobody;
  let body: Uint8Array;
  try {
    body = await readBody(message, limited.bodyLimit);
  } catch (failure) {
    if (failure instanceof HungUp) return undefined;
    const error =
      failure instanceof BodyTooLarge ? tooLarge(limited) : failure instanceof Stalled ? stalled() : failure;
    return refuse(limited, protocolOf(limited, head), error, requestId, onBug);
  }
  if (scope === undefined) registered = identifyForm(exchange.services, body) ?? registered;
  let api: ApiIdentity | Api = registered ?? nobody;
  const protocol = protocolOf(api, head);
  try {
    if (!readable) throw unreadableAddress(protocol);
    if (!registered) throw nobody.unknownService(scope?.service);
    const answering = await registered.load();
    api = answering.api;
    const address = protocol.name === "restXml" ? s3Address(head.headers["host"], head.rawPath) : undefined;
    const request: WireRequest = { ...head, ...address, body };
    return await exchange.market.store.transaction(() =>
      handle(exchange, answering, protocol, request, clientOf(message, request), requestId),
    );
  } catch (failure) {
    return refuse(api, protocol, failure, requestId, onBug);
  }
}

async function servePage(
  market: Market,
  { load }: Pages,
  head: Omit<WireRequest, "body">,
  onBug: (failure: unknown) => void,
): Promise<WireReply> {
  try {
    const show = await load();
    return await market.store.transaction(() => show(market, head));
  } catch (failure) {
    onBug(failure);
    const text = "This page could not be made because of an internal error.";
    return { status: 500, headers: { "content-type": "text/plain; charset=utf-8" }, body: text };
  }
}

/** Everything that looks at the store, in one transaction; an answer that cannot be written undoes it. */
function handle(
  exchange: Exchange,
  answering: Answering,
  protocol: Protocol,
  signed: WireRequest,
  client: Client,
  requestId: string,
): WireReply {
  const { market } = exchange;
  const { api, service, rights, violations } = answering;
  if (isUnsigned(signed)) return answerUnsigned(market, answering, protocol, signed, requestId);
  const times = { real: new Date(), market: market.clock.now() };
  const rest = protocol.name === "restXml";
  const prove = rest && hasSigV2(signed) ? authenticateSigV2 : authenticate;
  const { caller, region, signature, seal } = prove(signed, exchange.findKey, times);
  const request = rest ? withHoistedHeaders(withoutChunks(signed, seal)) : signed;
  const operation = findOperation(api, protocol, request, service.handlers);
  const input = protocol.read(operation, request);
  const broken = violations(operation.name, input);
  if (broken.length > 0) {
    const error = validationError(protocol.name, broken);
    throw service.malformed?.(broken, error) ?? error;
  }
  const handler = service.handlers[operation.name] as Handler;
  const context = { caller, region, requestId, market, client: { ...client, signature } };
  authorize(context, protocol.name, rights, operation.name, input);
  noteKeyUse(market, caller, api.signingName, region);
  return protocol.reply(operation, handler(context, input as never), requestId);
}

/** The address as policies write it: a connection over IPv6 carries one of version 4 in the last part of its own. */
function clientOf({ socket }: IncomingMessage, { headers }: WireRequest): Client {
  const address = socket.remoteAddress?.replace(/^::ffff:(?=\d+\.)/, "");
  return {
    address,
    agent: headers["user-agent"],
    referer: headers["referer"],
    contentHash: headers["x-amz-content-sha256"],
  };
}

/** The request without its body; `readable` is false where its address is not encoded properly. */
function readHead(message: IncomingMessage): { readonly head: Omit<WireRequest, "body">; readonly readable: boolean } {
  const url = message.url ?? "/";
  const mark = url.indexOf("?");
  const rawPath = mark < 0 ? url : url.slice(0, mark);
  const head = { method: message.method ?? "GET", rawPath, routePath: rawPath, headers: headersOf(message) };
  try {
    decodeURIComponent(rawPath);
    const query = mark < 0 ? [] : splitForm(url.slice(mark + 1));
    return { head: { ...head, query }, readable: rawPath.startsWith("/") };
  } catch {
    return { head: { ...head, query: [] }, readable: false };
  }
}

function unreadableAddress(protocol: Protocol): AwsError {
  return protocol.name === "restXml"
    ? new AwsError("InvalidURI", "Couldn't parse the specified URI.", { status: 400 })
    : new AwsError("MalformedQueryString", "The address is not encoded properly.", { status: 400 });
}

function stalled(): AwsError {
  const message =
    "Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.";
  return new AwsError("RequestTimeout", message, { status: 400 });
}

function tooLarge(api: ApiIdentity): AwsError {
  return api.protocols.includes("restXml")
    ? new AwsError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", { status: 400 })
    : new AwsError("RequestEntityTooLargeException", `The body is larger than ${api.bodyLimit} bytes.`, {
        status: 413,
      });
}
