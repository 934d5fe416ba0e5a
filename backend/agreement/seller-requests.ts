import { moveRequest, type RequestEvent, type RequestStatus } from "../../marketplace/agreements/request-states";
import type { Party } from "../../marketplace/agreements/search-filters";
import type { Context, Market } from "../service";
import type { Store, Table } from "../storage/store";
import { takesInPurchases } from "./agreement-type";
import { agreementOf, agreementsIn } from "./agreements";
import { pageOf } from "./pages";
import { conflict, notFound, type ResourceType, wrong } from "./refusals";

/** What every request of a seller to a buyer has, whatever it asks for. */
export interface SellerRequest {
  readonly id: string;
  readonly agreementId: string;
  readonly status: RequestStatus;
  /** Why it failed, was rejected or called off. */
  readonly statusMessage?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Requests of one kind, with how they are found, listed and moved on. */
export class SellerRequests<R extends SellerRequest> {
  constructor(
    private readonly kind: ResourceType,
    private readonly tableName: string,
  ) {}

  /** A request under an agreement of the caller's, as proposer or acceptor. */
  get(ctx: Context, agreementId: string | undefined, id = ""): R {
    const agreement = agreementOf(ctx, agreementId);
    const request = this.table(ctx.market.store).get(`${agreement.id}/${id}`);
    if (request === undefined) throw notFound(this.kind, id);
    return request;
  }

  of(store: Store, agreementId: string): R[] {
    return [...this.table(store).list(`${agreementId}/`)].map(([, request]) => request);
  }

  /** By `agreementId/id`, as the calendar has it. */
  find(store: Store, key: string): R | undefined {
    return this.table(store).get(key);
  }

  put(store: Store, request: R): void {
    this.table(store).put(`${request.agreementId}/${request.id}`, request);
  }

  /** The request after an event; ConflictException where it is not in a state for it. */
  move(market: Market, request: R, event: RequestEvent, more: Partial<R> = {}): R {
    const status = moveRequest(request.status, event);
    if (status === undefined) {
      throw conflict(this.kind, request.id, `The request is ${request.status}, so it is too late to ${event} it.`);
    }
    const moved = { ...request, updatedAt: market.clock.now().toISOString(), ...more, status };
    this.put(market.store, moved);
    return moved;
  }

  /** Requests under the caller's agreements, newest first. */
  list(ctx: Context, operation: string, request: ListInput): { items: R[]; nextToken: string | undefined } {
    const { partyType, agreementId, status } = request;
    if (partyType !== "Proposer" && partyType !== "Acceptor") {
      throw wrong("INVALID_PARTY_TYPE", "partyType", "partyType is Proposer or Acceptor.");
    }
    const { store } = ctx.market;
    const account = ctx.caller.accountId;
    const agreements = takesInPurchases(request) ? agreementsIn(store).of(partyType satisfies Party, account) : [];
    const requests = agreements
      .filter(({ id }) => agreementId === undefined || agreementId === id)
      .flatMap(({ id }) => this.of(store, id))
      .filter((one) => status === undefined || one.status === status);
    const listed = requests.map((item) => ({ id: item.id, key: item.createdAt, item }));
    return pageOf(listed, request, { operation, account, order: "DESCENDING" });
  }

  private table(store: Store): Table<R> {
    return store.table(this.tableName);
  }
}

interface ListInput {
  readonly partyType?: string | undefined;
  readonly agreementId?: string | undefined;
  readonly status?: string | undefined;
  readonly catalog?: string | undefined;
  readonly agreementType?: string | undefined;
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}
