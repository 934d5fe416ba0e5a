import type { Clock } from "../../../backend/clock";

/** A clock that stands still until a test turns it. Work that is due runs on a later turn of the event loop. */
export class TurningClock implements Clock {
  private readonly waiting = new Set<{ readonly at: number; readonly work: () => void }>();

  constructor(private time = Date.parse("2026-03-02T09:00:00.000Z")) {}

  now(): Date {
    return new Date(this.time);
  }

  schedule(at: Date, work: () => void): () => void {
    const entry = { at: at.getTime(), work };
    this.waiting.add(entry);
    this.runDue();
    return () => this.waiting.delete(entry);
  }

  /** Moves time forward, and lets what falls due run. */
  async turn(milliseconds: number): Promise<void> {
    this.time += milliseconds;
    this.runDue();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  private runDue(): void {
    for (const entry of this.waiting) {
      if (entry.at > this.time) continue;
      setImmediate(() => {
        if (this.waiting.delete(entry)) entry.work();
      });
    }
  }
}
