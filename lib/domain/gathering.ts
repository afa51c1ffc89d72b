type Waiting<In, Out> = { one: In; size: number; done: (out: Out) => void; failed: (error: unknown) => void };

/** So much is done in one step: calls, and whatever their size is counted in. */
export type Most = { calls: number; size: number };

/**
 * Calls that come while one is under way wait for it and are then done in one step: alone none waits, and many at once cost what one does. Each begins
 * after it was asked, so that none is answered with what was true before.
 */
export class Gathering<In, Out> {
  private waiting: Waiting<In, Out>[] = [];
  private isBusy = false;

  /** `work` gives an answer for each, in their order; where it throws, all fail. */
  constructor(private readonly most: Most, private readonly work: (all: readonly In[]) => Promise<readonly Out[]>) {}

  ask(one: In, size = 0): Promise<Out> {
    return new Promise((done, failed) => {
      this.waiting.push({ one, size, done, failed });
      if (!this.isBusy) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.isBusy = true;
    while (this.waiting.length > 0) await this.step(this.next());
    this.isBusy = false;
  }

  private next(): Waiting<In, Out>[] {
    let size = 0;
    const past = this.waiting.findIndex((each, at) => at > 0 && (at >= this.most.calls || (size += each.size) + (this.waiting[0]?.size ?? 0) > this.most.size));
    return this.waiting.splice(0, past < 0 ? this.waiting.length : past);
  }

  private async step(some: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const answers = await this.work(some.map(({ one }) => one));
      for (const [at, { done, failed }] of some.entries()) {
        const answer = answers[at];
        if (answer === undefined) failed(new Error("There was no answer for it."));
        else done(answer);
      }
    } catch (error) {
      for (const { failed } of some) failed(error);
    }
  }
}
