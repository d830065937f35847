// The operator's clipboard, over SSH and through tmux or GNU screen: the terminal is requested to take the
// text (OSC 52). Nothing comes back, so nobody can know whether it did.
import type {ClipboardRoute} from '../clipboard-route.ts';
import type {Terminal} from './stalled.ts';

/** Terminals drop more than this, in characters of base64. */
const maxLength = 74_994;

/** A terminal that has not taken so many bytes gets no copy beside them. */
const maxWaiting = 100_000;

/**
 * GNU screen holds 768 bytes of a string (MAXSTR; 256 in versions before 4.2) and types the rest of it on its
 * screen.
 */
const screenStrings = /[^]{1,240}/g;

/** tmux hands on what is in its own sequence, each ESC doubled, where allow-passthrough is on. */
const throughTmux = (text: string) =>
  `\u001bPtmux;${text.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`;

/** GNU screen hands on what is in DCS strings. `ESC \` ends one, wherever it is: it is cut in two. */
const throughScreen = (text: string) =>
  text
    .split(/(?<=\u001b)(?=\\)/)
    .map(part => part.replaceAll(screenStrings, '\u001bP$&\u001b\\'))
    .join('');

interface Route {
  /** Who is to take the text, in words. */
  readonly taker: string;
  /** Undefined: a copy would not get through. */
  readonly wrap: ((request: string) => string) | undefined;
}

/** Ways to the terminal. tmux takes a copy by itself too, where set-clipboard is on. */
const routes = {
  direct: {taker: 'the terminal', wrap: request => request},
  tmux: {
    taker: 'tmux (if set-clipboard is on)',
    wrap: request => request + throughTmux(request),
  },
  screen: {taker: 'the terminal through GNU screen', wrap: throughScreen},
  tmuxInScreen: {
    taker: 'tmux (if set-clipboard is on)',
    wrap: request => request + throughTmux(throughScreen(request)),
  },
  screenInTmux: {
    taker: 'tmux through GNU screen',
    wrap: request => throughScreen(request + throughTmux(request)),
  },
  unclear: {taker: 'nobody', wrap: undefined},
} as const satisfies Readonly<Record<ClipboardRoute, Route>>;

/** Who is requested, in words. */
export const clipboardOf = (route: ClipboardRoute): string => routes[route].taker;

/** @returns why it cannot be copied; undefined when the terminal was requested to. */
export function copyToClipboard(
  terminal: Terminal,
  text: string,
  route: ClipboardRoute,
): string | undefined {
  const {wrap} = routes[route];
  if (!wrap) return 'tmux or GNU screen, which is nearer is unclear; w writes it to a file';
  if ((terminal.writableLength ?? 0) > maxWaiting)
    return 'the terminal does not read what is written to it';
  const encoded = Buffer.from(text).toString('base64');
  if (encoded.length > maxLength) {
    const size = Math.ceil(Buffer.byteLength(text) / 1000);
    return `${size} kB is more than terminals take; w writes it to a file`;
  }
  terminal.write(wrap(`\u001b]52;c;${encoded}\u0007`));
  return undefined;
}
