// What crosses between the page, the worker and Python. Types only: nothing of it is served.

/** A question and its answer, or a fix and its outcome. */
export type Pair = [key: string, value: string];
export type Entry = { question: string; answer: string } | { fix: string; outcome: string };

export interface Step {
  /** "ask", "try", "hand-off", "warn" or "solved". */
  kind: string;
  question?: string;
  fix?: string;
  party?: string;
  warning?: string;
}

export interface Turn {
  step: Step;
  /** From Python all of them, with their probability; from the strategy those worth showing. */
  causes: { cause: string; probability?: number; word: string }[];
  likely: string[];
  why: { causes: string[]; chance?: number };
  ignored: Entry[];
  catalog: string;
}

/** The likely part of the decision tree: helpdesk.browser.strategy_files. */
export interface Packed {
  catalog: string;
  causes: string[];
  words: string[];
  /** Kind, name of the subject in a turn, subject, and what can be said to it. */
  steps: string[][];
  /** By node. */
  step: number[];
  why: number[][];
  /** In twentieths, rounded up. */
  chance: number[];
  /** Cause and word as one number. */
  shown: number[][];
  /** 0: left out; 1: the next node; else the node numbered so, plus 2. */
  edges: number[];
  /** Nodes that are a plain page too. */
  plain: number[];
}

/** Text, or a tag name (for "a" also the address, for "option" the value) and what is inside. */
export type TextNode = string | TextNode[];

export interface Question {
  title: string;
  help: TextNode[];
  /** None where the answer is typed. */
  answers: Record<string, string>;
}

export interface Fix {
  title: string;
  steps: TextNode[];
  worked: TextNode[];
  /** How long it takes, in words. */
  time: string;
  /** More exact words for some readers: in each group a choice, and what is shown for each. */
  instructions: TextNode[][];
}

export interface Party {
  /** Whether support staff act for it, who can open a code. */
  staff: boolean;
  title: string;
  short: string;
  contact: TextNode[];
  url: string;
}

/** How something known becomes an answer. */
export interface Fact {
  label: string;
  /** That it answers, or beside which it is shown; may be empty. */
  question: string;
  /** Answers, each with the number it begins at, the highest first. */
  begins: [answer: string, from: number][];
  /** Answers by the word, in small letters, that means it. */
  words: Record<string, string>;
  /** Whether it is an answer as it stands. */
  asIs: boolean;
  /** Whose instructions it chooses, may be empty; and what is remembered for each choice. */
  reader: string;
  choices: Record<string, string>;
  /** That wait until so many seconds have gone by. */
  fixes: string[];
}

export interface Warning {
  title: string;
  text: TextNode[];
  when: Record<string, string[]>;
}

export interface Texts {
  language: string;
  dir: "ltr" | "rtl";
  /** Folder of the plain pages, below the root. */
  plain: string;
  ui: Record<string, string>;
  problem: { title: string };
  /** Where the wizard has a page of its own, from the root of the site. */
  wizard: string;
  /** How to reach a person; each may be empty. */
  service: { email: string; ticket: string };
  questions: Record<string, Question>;
  fixes: Record<string, Fix>;
  /** Where the article of a cause is, with a place for {id}. */
  article: string;
  causes: Record<string, { title: string }>;
  parties: Record<string, Party>;
  /** What an embedding page may hand in. */
  context: Record<string, Fact>;
  warnings: Record<string, Warning>;
}

export interface BundleFile {
  name: string;
  bytes: number;
  /** In hexadecimal; of bundle.json the beginning. */
  sha256: string;
}

export interface Bundle {
  format: number;
  /** From bundle.json to the root of the site. */
  root: string;
  /** The hash of the compiled catalog. */
  catalog: string;
  /** The worker's script and what it imports. */
  worker: BundleFile[];
  problem: BundleFile;
  /** Pairs of an answer to be typed and its meaning. */
  codes: Record<string, BundleFile>;
  texts: Record<string, BundleFile>;
  /** By audience. */
  strategies: Record<string, BundleFile>;
  /** `whole` is started where the thinned `files` fail. */
  runtime: { directory: string; abi: string; files: BundleFile[]; whole: BundleFile[] } | null;
  /** Whether browsers keep the site for the next visit. */
  keeps: boolean;
}

/** In bytes. */
export interface Progress {
  done: number;
  total: number;
}

/** To the worker, first. */
export interface Start {
  bundle: Bundle;
  /** Where bundle.json is. */
  url: string;
  cache: RequestCache;
  whole: boolean;
}

/** To the worker, whenever Python is asked. */
export interface Call {
  name: keyof Wire;
  args: string[];
}

/** What a code says to the catalog of today. */
export interface OpenedCode {
  evidence: Entry[];
  /** What does not fit any more: which entry, from 1 on, and its question where only the answer is gone. */
  missing: { entry: number; kind: "question" | "fix"; id: string | null }[];
  /** Whether the evidence is what was said, all of it. */
  exact: boolean;
}

/** From the worker. */
export type Report =
  | { progress: Progress }
  | { failed: string; final: boolean; broken: boolean }
  | { reply: Turn | { code: string } | OpenedCode | null };

export type OnBytes = (bytes: number) => void;
export type OnResponse = (response: Response) => void;
export type OnProgress = (progress: Progress) => void;
export type FileMap = Map<string, Uint8Array<ArrayBuffer>>;

/** What Python offers: helpdesk.diagnosis.wire. */
export interface Wire {
  open_problem(...args: string[]): string;
  turn(...args: string[]): string;
  make_code(...args: string[]): string;
  open_code(...args: string[]): string;
}

/** By path below the site's root, a SHA-256 in base64. */
export type Hashes = Record<string, string>;

/** How many files of the site a browser keeps, of how many bytes in all; or why that stopped. */
export type Keeping = { done: number; total: number; size: number } | { failed: string };

declare global {
  interface Kept {
    version: string;
    /** Where the hashes of all files are. */
    list: { path: string; hash: string };
    /** Of all files together, in bytes. */
    size: number;
    /** Kept from the start. */
    core: string[];
    /** Shown without network in place of a page that is not kept, the most special folder first. */
    offline: string[];
  }
  /** Stands before the script at the root of a site; null where it is not to be kept any more. */
  const KEPT: Kept | null;
  /** Stands before the module that reports what helped: the folder reports go to, and the catalog's hash. */
  const REPORTS: { to: string; catalog: string };
}
