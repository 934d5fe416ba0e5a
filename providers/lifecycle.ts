import type { accountsOn } from "./accounts";
import { connectionOf } from "./connection";
import { explain } from "./explain";
import type { Host } from "./host/host";
import { Stopped } from "./host/stopped";
import { PartlyDone, type Properties, type Provider, type StackConfig } from "./provider";
import type { Place, Reconciler } from "./reconciler";

/** Where Pulumi keeps the provider of a dynamic resource, among its properties. */
const providerText = "__provider";

/** What the providers of one process share. */
export interface Session {
  readonly host: Host;
  readonly accounts: ReturnType<typeof accountsOn>;
}

/**
 * A reconciler as a Pulumi dynamic provider: finds the account that a resource belongs to, turns AWS's errors into
 * sentences, and keeps Pulumi's own members away from the reconciler and in the state.
 */
export function providerOf(reconciler: Reconciler, session: () => Promise<Session>): Provider {
  let stack: StackConfig | undefined;

  const at = async <T>(props: Properties, work: (place: Place) => Promise<T>): Promise<T> => {
    const connection = connectionOf(props.connection, stack);
    try {
      const { host, accounts } = await session();
      if (host.stopping.aborted) throw new Stopped("Stopped before this began: nothing was sent to AWS.");
      return await work({ host, account: await accounts(connection) });
    } catch (error) {
      if (!(error instanceof PartlyDone)) throw explain(error, connection);
      // The host saves these properties as they are; without the provider's text, the next run could not load it.
      throw new PartlyDone(
        error.id,
        { ...error.properties, [providerText]: props[providerText] },
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
    diff: (_id, olds, news) => Promise.resolve(reconciler.diff(own(olds), own(news))),
    create: (inputs) => at(inputs, (place) => reconciler.create(place, own(inputs))),
    read: (id, props) =>
      at(props, async (place) => {
        const found = await reconciler.read(place, id, own(props));
        return found === undefined ? { id: "" } : { id, ...found };
      }),
    update: (id, olds, news) =>
      at(news, async (place) => ({ outs: await reconciler.update(place, id, own(olds), own(news)) })),
    delete: (id, props) => at(props, (place) => reconciler.delete(place, id, own(props))),
  };
}

/** Without what is Pulumi's: `__provider`, `__defaults`. */
function own(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !name.startsWith("__")));
}
