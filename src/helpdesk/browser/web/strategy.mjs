/** The likely part of the decision tree, as the engine computed it: known steps without Python. */

/** @import {Packed, Pair, Step, Turn} from "./types" */

export class Strategy {
  /** @type {number[][]} */ #children = []; // by node and answer; -1 where it is left out

  /** @param {Packed} packed  Columns, nodes in the order of a walk; helpdesk.browser.strategy_files. */
  constructor(packed) {
    this.packed = packed;
    let edge = 0;
    const visit = () => {
      /** @type {number[]} */ const children = [];
      const node = this.#children.push(children) - 1;
      for (const _answer of this.#step(node).slice(3)) {
        const to = packed.edges[edge++] ?? 0;
        children.push(to === 1 ? visit() : to - 2 + Number(!to));
      }
      return node;
    };
    visit();
  }

  /**
   * What follows the answers, in the order they were given: the turn, where it is known here, and
   * the name of the plain page for as many of the first as have one (helpdesk.browser.plain_path).
   * @param {Pair[]} pairs  @returns {{turn: Turn | undefined, plain: string}}
   */
  follow(pairs) {
    /** @type {number} */ let node = 0;
    let solved = false;
    let paged = true;
    const said = [];
    for (const [key, value] of pairs) {
      const [kind, , subject, ...answers] = this.#step(node);
      // Done before or done now, it did not help.
      const given = value === "tried" ? "failed" : value;
      const at = subject === key ? answers.indexOf(given) : -1;
      paged &&= this.packed.plain.includes(node) && at >= 0 && given !== "removed";
      if (paged) said.push(`${key}=${given}`);
      solved = subject === key && kind === "try" && value === "solved";
      node = this.#children[node]?.[at] ?? -1;
    }
    const hash = [...said.sort().join("&")].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 16777619), 2166136261);
    return { turn: solved ? this.#said({ kind: "solved" }) : this.#turn(node), plain: (hash >>> 0).toString(16) };
  }

  /** @param {number} node */
  #turn(node) {
    const { causes, words, why, chance, shown } = this.packed;
    const [kind, name = "", subject = ""] = this.#step(node);
    return kind && this.#said(
      { kind, [name]: subject },
      (why[node] ?? []).map((cause) => causes[cause] ?? ""),
      (shown[node] ?? []).map((entry) => ({
        cause: causes[Math.floor(entry / words.length)] ?? "",
        word: words[entry % words.length] ?? "",
      })),
      ((chance[node] ?? 0) - 0.5) / 20, // it was rounded up, and will be again
    ) || undefined;
  }

  /** @param {number} node  @returns {string[]} */
  #step(node) {
    return this.packed.steps[this.packed.step[node] ?? -1] ?? [];
  }

  /** @param {Step} step  @param {string[]} why  @param {Turn["causes"]} causes  @param {number} chance  @returns {Turn} */
  #said(step, why = [], causes = [], chance = 0) {
    const likely = causes.map(({ cause }) => cause).filter((cause) => cause !== "something-else");
    return { step, causes, likely, why: { causes: why, chance }, ignored: [], catalog: this.packed.catalog };
  }
}
