// What the operator's terminal can do to the program: stop reading for minutes, or be gone.
interface BlockingHandle {
  setBlocking?: (isBlocking: boolean) => number;
}

/** What is needed of stdout for a sequence between two frames: each goes out whole, in one write. */
export interface Terminal {
  readonly write: (text: string) => unknown;
  /** Bytes that the terminal has not taken yet. */
  readonly writableLength?: number;
}

/**
 * Lets writes to a terminal that has stopped reading (Ctrl-S, a frozen SSH) wait in memory instead
 * of stopping the whole program. Node has no public way to say so: where the handle knows it not,
 * writes block as before. It stays so to the end, for the last writes must not block the way out;
 * the flag is on this process's own opening of the terminal.
 */
export function stopBlocking(stream: NodeJS.WriteStream): void {
  const {_handle: handle} = stream as {_handle?: BlockingHandle};
  if (stream.isTTY) handle?.setBlocking?.(false);
}

/** A terminal that is gone (EIO, EPIPE, end of input) ends the program, once. */
export function onTerminalGone(gone: () => void): void {
  // The handlers stay to the end: what is still written then must not raise an error of its own.
  for (const stream of [process.stdout, process.stderr, process.stdin]) stream.on('error', gone);
  process.stdin.on('end', gone);
}

/**
 * @param ready called each time that the terminal has taken all that it had not taken when it was looked at.
 * @returns what tells whether it has taken all.
 */
export function readiness(
  terminal: Pick<NodeJS.WriteStream, 'write' | 'writableLength'>,
  ready: () => void,
): () => boolean {
  let isAwaited = false;
  return () => {
    if (terminal.writableLength === 0) return true;
    if (!isAwaited) {
      isAwaited = true;
      // Behind all that waits; `drain` comes only after more than a buffer's worth of it (16 kB).
      terminal.write('', () => {
        isAwaited = false;
        ready();
      });
    }
    return false;
  };
}
