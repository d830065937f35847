// A request to the monitor and its answer, as the rest of the program sees them; `http/` makes them.

/** What is requested, as `fetch` takes it. */
export interface HttpRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the exchange, the answer's body too. */
  readonly signal?: AbortSignal;
}

/** An answer whose head has arrived; `fetch` gives more. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: {get(name: string): string | null};
  /** Unpacked, where it was compressed. */
  readonly body: ReadableStream<Uint8Array> | null;
}

export type Fetch = (url: URL, request?: HttpRequest) => Promise<HttpResponse>;
