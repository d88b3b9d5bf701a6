/** The likely part of the decision tree, as the engine computed it: known steps without Python. */

/** @import {Packed, Pair, Step, Turn} from "./types" */

/** @type {Record<string, string>} */ const SUBJECTS = { ask: "question", try: "fix", "hand-off": "party", warn: "warning" };

export class Strategy {
  /** @type {number[][]} */ #children = []; // by node and answer; -1 where it is left out

  /** @param {Packed} packed  Columns, nodes in the order of a walk; helpdesk.browser.strategy_files. */
  constructor(packed) {
    this.packed = packed;
    let edge = 0;
    const visit = () => {
      /** @type {number[]} */ const children = [];
      const node = this.#children.push(children) - 1;
      for (const _answer of this.#step(node).slice(2)) {
        const to = packed.edges[edge++] ?? 0;
        children.push(to === 1 ? visit() : to - 2 + Number(!to));
      }
      return node;
    };
    visit();
  }

  /** What follows the answers, in the order they were given; nothing where that is not known here.  @param {Pair[]} pairs  @returns {Turn | undefined} */
  turn(pairs) {
    let node = 0;
    for (const [at, [key, value]] of pairs.entries()) {
      const [kind, subject, ...answers] = this.#step(node);
      if (subject !== key) return undefined;
      // Nobody needs to think about what comes then.
      if (kind === "try" && value === "solved") return at + 1 === pairs.length ? this.#said({ kind: value }) : undefined;
      // Done before or done now, it did not help.
      node = this.#children[node]?.[answers.indexOf(value === "tried" ? "failed" : value)] ?? -1;
      if (node < 0) return undefined;
    }
    const { causes, words, why, chance, shown } = this.packed;
    const [kind = "ask", subject = ""] = this.#step(node);
    return this.#said(
      { kind, [SUBJECTS[kind] ?? ""]: subject },
      (why[node] ?? []).map((cause) => causes[cause] ?? ""),
      (shown[node] ?? []).map((entry) => ({
        cause: causes[Math.floor(entry / words.length)] ?? "",
        word: words[entry % words.length] ?? "",
      })),
      ((chance[node] ?? 0) - 0.5) / 20, // it was rounded up, and will be again
    );
  }

  /** @param {number} node */
  #step(node) {
    return this.packed.steps[this.packed.step[node] ?? 0] ?? [];
  }

  /** @param {Step} step  @param {string[]} why  @param {Turn["causes"]} causes  @param {number} chance  @returns {Turn} */
  #said(step, why = [], causes = [], chance = 0) {
    const likely = causes.map(({ cause }) => cause).filter((cause) => cause !== "something-else");
    return { step, causes, likely, why: { causes: why, chance }, ignored: [], catalog: this.packed.catalog };
  }
}
