/**
 * Reads what people type into the search box, before the theme's search worker looks for it.
 *
 * It stands in front of that worker in one file. A word that the index does not hold becomes the
 * nearest one it holds; words of no weight are left out; whole words count more than beginnings.
 * What the theme loads on every page only says where the index is: it is fetched here, once
 * somebody types.
 */
{
  const SETUP = 0;
  const READY = 1;
  const QUERY = 2;
  const RESULT = 3;
  const OPERATORS = /["*^~]|(?:^|\s)[+-]\p{L}/u;
  const HAN = /\p{Script=Han}/u;
  const HAN_RUNS = /\p{Script=Han}+/gu;
  const LONGEST_HAN = 6;
  const ENDINGS = /(?:ing|ed|es|s)$/;
  /** Letters from which on one slip of the finger is forgiven, and from which on two are. */
  const ONE_SLIP = 4;
  const TWO_SLIPS = 8;
  /** Between two words in a row. */
  const PAIR = "_";
  const WHOLE = "^4";
  /** The theme's search cannot tell words at the end of Chinese text; so something stands there. */
  const END = "〇";

  const NOTHING = { type: RESULT, data: { items: [] } };

  let separator = /\s+/;
  /** @type {Map<string, number>} How often each word of the index occurs. */
  let words = new Map();
  /** @type {string[]} */
  let sorted = [];
  /** @type {Set<string>} */
  let small = new Set();

  /** @type {{config: {full: string}, options: object} | undefined} Until the index is there. */
  let begun;
  /** @type {{type: number, data: string} | undefined} The last query meanwhile. */
  let asked;
  let coming = false;

  /** What the theme's worker listens to comes here first: the message is one object for both. */
  addEventListener("message", (event) => {
    const { data: message } = event;
    if (message.type === SETUP && message.data.config.full) begun = message.data;
    if (begun) {
      event.stopImmediatePropagation();
      if (message.type === SETUP) send({ type: READY });
      else wait(begun, message);
      return;
    }
    if (message.type === SETUP) learn(message.data);
    if (message.type === QUERY && !OPERATORS.test(message.data)) message.data = read(message.data);
  });

  /** @param {any} data */
  function hear(data) {
    dispatchEvent(new MessageEvent("message", { data }));
  }

  /**
   * Keeps a query until the index is there; nothing typed finds nothing, without it.
   * @param {{config: {full: string}, options: object}} setup
   * @param {{type: number, data: string}} query
   */
  async function wait({ config, options }, query) {
    asked = query;
    if (!query.data.trim()) send(NOTHING);
    else if (!coming) {
      coming = true;
      try {
        const index = await (await fetch(new URL(`../../../${config.full}`, location.href))).json();
        begun = undefined;
        hear({ type: SETUP, data: { ...index, options } });
      } catch (error) {
        console.warn(error);
        coming = false; // the next letter tries again
        send(NOTHING);
      }
    }
  }

  const send = postMessage;
  /** What it answers names words as missing that nobody typed: pairs, and pieces of Chinese. */
  self.postMessage = (/** @type {any} */ message) => {
    if (message.type === READY && asked) return hear(asked);
    for (const { terms } of message.type === RESULT ? message.data.items.flat() : []) {
      for (const term of Object.keys(terms)) {
        if (term.includes(PAIR) || (!terms[term] && HAN.test(term))) delete terms[term];
      }
    }
    send(message);
  };

  /** @param {{config: any, docs: any[]}} index */
  function learn({ config, docs }) {
    separator = new RegExp(config.separator);
    small = new Set(config.small);
    words = new Map();
    for (const doc of docs) {
      for (const name of Object.keys(config.fields)) {
        for (const word of split(String(doc[name] ?? "").replace(/<[^>]*>/g, " "))) {
          words.set(word, (words.get(word) ?? 0) + 1);
        }
      }
    }
    sorted = [...words.keys()].sort();
  }

  /** @param {string} text */
  function split(text) {
    return text.toLowerCase().split(separator).filter(Boolean);
  }

  /** @param {string} query */
  function read(query) {
    const typed = split(query.replace(/['’]/g, "").replace(/[+:]/g, " "));
    const telling = typed.filter((word) => !small.has(word));
    const terms = (telling.length ? telling : typed).flatMap((word) =>
      HAN.test(word) ? chinese(word) : written(meant(word)),
    );
    const plain = telling.map((word) => (HAN.test(word) ? "" : meant(word)));
    const pairs = plain.map((word, at) => plain[at - 1] + PAIR + word).filter((pair) => words.has(pair));
    return [...new Set([...terms, ...pairs.map((pair) => pair + WHOLE)])].join(" ");
  }

  /** @param {string} word */
  function written(word) {
    return words.has(word) ? [word + WHOLE, word] : [word];
  }

  /** The words of the index that stand in Chinese text, overlapping ones too. @param {string} text */
  function chinese(text) {
    const others = text.replace(HAN_RUNS, " ").split(" ").filter(Boolean);
    const runs = text.match(HAN_RUNS) ?? [];
    const found = runs.flatMap((run) => {
      const parts = pieces(run).filter((part) => words.has(part));
      const long = parts.filter((part) => part.length > 1);
      return long.length ? long : parts.length ? parts : [run];
    });
    return [...others.flatMap((word) => written(meant(word))), ...found.map((part) => part + END + WHOLE)];
  }

  /** @param {string} run */
  function pieces(run) {
    /** @type {string[]} */
    const found = [];
    for (let from = 0; from < run.length; from++) {
      for (let to = from + 1; to <= Math.min(run.length, from + LONGEST_HAN); to++) {
        found.push(run.slice(from, to));
      }
    }
    return found;
  }

  /** The word of the index that somebody meant. @param {string} word */
  function meant(word) {
    const stem = word.replace(ENDINGS, "");
    if (begins(word) || !/^\p{L}+$/u.test(word)) return word;
    if (stem.length >= ONE_SLIP && begins(stem)) return stem;
    return nearest(word) ?? word;
  }

  /** Whether a word of the index begins like this. @param {string} start */
  function begins(start) {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (/** @type {string} */ (sorted[middle]) < start) low = middle + 1;
      else high = middle;
    }
    return sorted[low]?.startsWith(start) ?? false;
  }

  /** @param {string} word */
  function nearest(word) {
    const slips = word.length >= TWO_SLIPS ? 2 : word.length >= ONE_SLIP ? 1 : 0;
    /** @type {string | undefined} */
    let best;
    let least = slips + 1;
    for (const other of sorted) {
      if (Math.abs(other.length - word.length) > slips) continue;
      const distance = slipsBetween(word, other) + (other[0] === word[0] ? 0 : 0.5);
      const more = best && distance === least && (words.get(other) ?? 0) > (words.get(best) ?? 0);
      if (distance < least || more) [best, least] = [other, distance];
    }
    return best;
  }

  /**
   * Letters left out, added, mistaken or swapped with the next one.
   * @param {string} one
   * @param {string} other
   */
  function slipsBetween(one, other) {
    /** @type {number[][]} */
    const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
    /** @param {number} row @param {number} column */
    const at = (row, column) => rows[row]?.[column] ?? Infinity;
    for (let i = 1; i <= one.length; i++) {
      const row = (rows[i] = [i]);
      for (let j = 1; j <= other.length; j++) {
        const same = one[i - 1] === other[j - 1];
        const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        const mistaken = at(i - 1, j - 1) + (same ? 0 : 1);
        const twisted = swapped ? at(i - 2, j - 2) + 1 : Infinity;
        row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, mistaken, twisted);
      }
    }
    return at(one.length, other.length);
  }
}
