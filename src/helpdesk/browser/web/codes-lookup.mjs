/** Finds a code while somebody types, in the list that the page holds anyway. */

/** @typedef {{item: HTMLElement, code: string, text: string, words: string[]}} Row  All in small letters. */

/** @param {HTMLDetailsElement} group  A provider with its codes.  @returns {Row[]} */
function rowsOf(group) {
  const provider = group.querySelector("summary")?.textContent ?? "";
  return Array.from(group.querySelectorAll("li"), (item) => {
    const text = `${provider} ${item.textContent}`.toLowerCase();
    const code = (item.querySelector("code")?.textContent ?? "").toLowerCase();
    return { item, code, text, words: [code, ...text.split(/[\s/():;,.]+/)] };
  });
}

/** Who types a whole code wants that one, not those it is the start of.  @param {Row[]} rows  @param {string} query */
function find(rows, query) {
  const typed = query.toLowerCase().split(/[\s/]+/).filter(Boolean);
  // Chinese does not set words apart, so there a part is looked for anywhere.
  const apart = /^[\x20-\x7e]*$/.test(query);
  const found = rows.filter(({ text, words }) => typed.every((part) => (
    apart ? words.some((word) => word.startsWith(part)) : text.includes(part))));
  const exact = found.filter(({ code }) => typed.includes(code));
  return new Set(exact.length ? exact : found);
}

/** @param {HTMLElement} box  @param {HTMLInputElement} field  @param {HTMLDetailsElement[]} groups */
function start(box, field, groups) {
  const listed = groups.map((group) => ({ group, rows: rowsOf(group) }));
  const show = () => {
    const query = field.value.trim();
    const found = find(listed.flatMap(({ rows }) => rows), query);
    for (const { group, rows } of listed) {
      for (const row of rows) row.item.hidden = !found.has(row);
      group.hidden = !rows.some((row) => found.has(row));
      group.open = query !== "";
    }
    const { count = "", none = "" } = box.dataset;
    const said = found.size ? count.replace("{n}", String(found.size)) : none;
    box.querySelector("[role=status]")?.replaceChildren(query && said);
  };
  field.addEventListener("input", show);
  box.hidden = false;
  show(); // what was typed before the reader came back to the page
}

const box = /** @type {HTMLElement | null} */ (document.querySelector(".helpdesk-lookup"));
const field = box?.querySelector("input");
if (box && field) start(box, field, [...document.querySelectorAll("details")].filter((group) => group.matches(".helpdesk-code-group")));
