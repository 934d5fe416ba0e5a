import { EntityWasBusy } from "./change-set";

/** Looks, plans and changes; again when somebody else's change set came in between and may have changed the entity. */
export async function untilFree<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof EntityWasBusy)) throw error;
    }
  }
}
