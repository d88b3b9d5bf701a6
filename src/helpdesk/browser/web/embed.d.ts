/**
 * What an embedding page may say to the wizard and hear from it. Both sides check the exact origin.
 * The page starts the talk: once the frame has loaded, it posts `helpdesk:start` to the wizard's origin.
 */

/** Names are those of the catalog's section `context`, such as attempts, channel or country. */
export type Context = Record<string, string | number>;

/** Colors and sizes by custom property, such as `--helpdesk-accent`. */
export type Theme = Record<string, string>;

/** From the page to the wizard. Further ones are not listened to. */
export interface ToWizard {
  type: "helpdesk:start";
  context: Context;
  theme: Theme;
}

/** From the wizard to the page. What the reader answers is in none of them. */
export type FromWizard =
  | { type: "helpdesk:ready" }
  /** In CSS pixels, whenever it changes. */
  | { type: "helpdesk:height"; height: number }
  /** Another step is shown: ask, try, hand-off, warn or solved. */
  | { type: "helpdesk:step"; kind: string }
  /** The reader says that it works. */
  | { type: "helpdesk:solved" }
  /** The reader wants a person; the code says what was answered (ids only), and is empty where nothing was. */
  | { type: "helpdesk:hand-off"; party: string; code: string }
  /** The reader pressed Escape inside. */
  | { type: "helpdesk:close" };
