/**
 * What time it is at the hub. This machine's wall clock may be wrong and may jump, so it is never
 * asked: the hub's word and a clock that only runs forward count. Milliseconds.
 */
export class HubClock {
  #heard: { readonly hubMs: number; readonly at: number } | undefined;

  /** `at` is of performance.now(). The latest word counts, also one that lies before an earlier one. */
  heard(hubMs: number, at: number): void {
    this.#heard = { hubMs, at };
  }

  /** Nothing before the first word. */
  now(at: number): number | undefined {
    return this.#heard && this.#heard.hubMs + (at - this.#heard.at);
  }
}
