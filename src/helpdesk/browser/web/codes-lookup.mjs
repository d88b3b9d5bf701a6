/** Finds a code while somebody types, in the list that the page holds anyway. */

/**
 * A line of the list.
 *
 * @typedef {object} Row
 * @property {HTMLElement} item
 * @property {string} code
 * @property {string} text  With the provider's name, in small letters.
 * @property {string[]} words  Of the text.
 */

const BETWEEN_WORDS = /[\s/():;,.]+/;
const ASCII = /^[\x20-\x7e]*$/;

/** @param {HTMLDetailsElement} group  A provider with its codes.  @returns {Row[]} */
function rowsOf(group) {
  const provider = group.querySelector("summary")?.textContent ?? "";
  return [...group.querySelectorAll("li")].map((item) => {
    const text = `${provider} ${item.textContent}`.toLowerCase();
    const code = (item.querySelector("code")?.textContent ?? "").toLowerCase();
    return { item, code, text, words: [code, ...text.split(BETWEEN_WORDS)] };
  });
}

/** Whether a word starts like this; where words are not set apart, whether it is in the text.  @param {Row} row  @param {string} typed */
function fits({ text, words }, typed) {
  return ASCII.test(typed) ? words.some((word) => word.startsWith(typed)) : text.includes(typed);
}

/**
 * The rows for what was typed. Who types a whole code wants that one, not those it is the start of.
 *
 * @param {Row[]} rows
 * @param {string} query
 */
function find(rows, query) {
  const typed = query.toLowerCase().split(/[\s/]+/).filter(Boolean);
  const found = rows.filter((row) => typed.every((part) => fits(row, part)));
  const exact = found.filter(({ code }) => typed.includes(code));
  return new Set(exact.length ? exact : found);
}

/** @param {HTMLElement} box  @param {HTMLDetailsElement[]} groups */
function start(box, groups) {
  const field = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  if (!field || !status) return;
  const listed = groups.map((group) => ({ group, rows: rowsOf(group) }));
  const all = listed.flatMap(({ rows }) => rows);
  const show = () => {
    const query = field.value.trim();
    const found = find(all, query);
    for (const { group, rows } of listed) {
      for (const row of rows) row.item.hidden = !found.has(row);
      group.hidden = !rows.some((row) => found.has(row));
      group.open = query !== "";
    }
    const { count = "", none = "" } = box.dataset;
    status.textContent = query && (found.size ? count.replace("{n}", String(found.size)) : none);
  };
  field.addEventListener("input", show);
  box.hidden = false;
  show(); // what was typed before the reader came back to the page
}

const box = document.querySelector(".helpdesk-lookup");
if (box instanceof HTMLElement) start(box, [...document.querySelectorAll("details")].filter(({ className }) => className === "helpdesk-code-group"));
