import type { ArchiveEntry, ArchiveFile, ArchiveOptions, BytesOptions, Document, Indicator, ParseOptions, Reading } from "./index.js";

/** How one call is made. */
export interface CallOptions {
  /** Gives the call up: the promise rejects with the signal's reason. A document that is being read is read to its end. */
  readonly signal?: AbortSignal;
}

export interface BytesCallOptions extends CallOptions {
  /** The bytes move to the worker instead of being copied; the array is empty afterwards. */
  readonly transfer?: boolean;
}

/** A parser in a worker: the functions of `gongwen` as promises. Errors have the class and the code they have there. */
export interface GongwenWorker {
  /** Loads the modules ahead of the first document. */
  init(): Promise<void>;
  parse(text: string, options?: ParseOptions, how?: CallOptions): Promise<Document & { readonly text: null }>;
  parseBytes(bytes: Uint8Array | ArrayBuffer, options?: BytesOptions, how?: BytesCallOptions): Promise<Reading>;
  /** All documents at once, where the package's `parseArchive` gives one after the other. */
  parseArchive(bytes: Uint8Array | ArrayBuffer, options?: ArchiveOptions, how?: BytesCallOptions): Promise<readonly ArchiveEntry[]>;
  unpackArchive(bytes: Uint8Array | ArrayBuffer, options?: Pick<BytesOptions, "limits">, how?: BytesCallOptions): Promise<readonly ArchiveFile[]>;
  /** Of a document from here, or of any with its text. */
  indicators(document: Document, text?: string, how?: CallOptions): Promise<readonly Indicator[]>;
  /** Ends the worker; what is still asked for fails. */
  terminate(): void;
}

/**
 * Starts a worker for browsers.
 *
 * @param options `url` names the script of the worker (`gongwen/thread`) where a bundler has put it elsewhere; `worker`
 *   takes one that runs it already.
 * @throws {GongwenError} `not_loaded`: there is no `Worker` here, as in Node
 * @example
 * const gongwen = createWorker();
 * const stop = new AbortController();
 * const doc = await gongwen.parse(text, {}, { signal: stop.signal });
 */
export function createWorker(options?: { readonly url?: string | URL; readonly worker?: Worker }): GongwenWorker;
