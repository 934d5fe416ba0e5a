import type { accountsOn } from "./accounts";
import { connectionOf } from "./connection";
import { explain } from "./explain";
import type { Host } from "./host/host";
import { Stopped } from "./host/stopped";
import { PartlyDone, type Properties, type Provider, type StackConfig } from "./provider";
import type { Claims, Place, Reconciler } from "./reconciler";

/** Where Pulumi keeps the provider of a dynamic resource, among its properties. */
const providerText = "__provider";

/** What the providers of one process share. */
export interface Session {
  readonly host: Host;
  readonly accounts: ReturnType<typeof accountsOn>;
  readonly claims: Claims;
}

/**
 * A reconciler as a Pulumi dynamic provider: finds the account that a resource belongs to, turns AWS's errors into
 * sentences, and keeps Pulumi's own members away from the reconciler and in the state.
 */
export function providerOf(reconciler: Reconciler, session: () => Promise<Session>): Provider {
  let stack: StackConfig | undefined;

  const hold = async (id: string): Promise<void> => {
    (await session()).claims.held.add(id);
  };
  const at = async <T>(props: Properties, work: (place: Place) => Promise<T>): Promise<T> => {
    const connection = connectionOf(props.connection, stack);
    try {
      const { host, accounts, claims } = await session();
      if (host.stopping.aborted) throw new Stopped("Stopped before this began: nothing was sent to AWS.");
      return await work({ host, account: await accounts(connection), claims });
    } catch (error) {
      if (!(error instanceof PartlyDone)) throw explain(error, connection);
      // The host saves these properties as they are; without the provider's text, the next run could not load it.
      throw new PartlyDone(
        error.id,
        { ...plain(error.properties), [providerText]: props[providerText] },
        explain(error.cause, connection),
      );
    }
  };

  return {
    configure: (request) => {
      stack = request.config;
      return Promise.resolve();
    },
    check: async (olds, news) => reconciler.check(own(olds), own(news)),
    diff: async (id, olds, news) => {
      await hold(id);
      return reconciler.diff(own(olds), own(news));
    },
    create: (inputs) =>
      at(inputs, async (place) => {
        const { id, outs } = await reconciler.create(place, own(inputs));
        await hold(id);
        return { id, outs: plain(outs) };
      }),
    read: (id, props) =>
      at(props, async (place) => {
        await hold(id);
        const found = await reconciler.read(place, id, own(props));
        return found === undefined ? { id: "" } : { id, props: plain(found.props), inputs: plain(found.inputs) };
      }),
    update: (id, olds, news) =>
      at(news, async (place) => {
        await hold(id);
        return { outs: plain(await reconciler.update(place, id, own(olds), own(news))) };
      }),
    delete: (id, props) => at(props, (place) => reconciler.delete(place, id, own(props))),
  };
}

/** Without what is Pulumi's: `__provider`, `__defaults`. */
function own(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !name.startsWith("__")));
}

/** As JSON has it: Pulumi's wire form knows no undefined members. */
function plain(properties: Properties): Properties {
  return JSON.parse(JSON.stringify(properties));
}
