// Tells keys and pastes from everything else that a terminal sends (its answers and reports, mouse events,
// key releases, Alt-keys), as the table says.
import {StringDecoder} from 'node:string_decoder';
import {classOf, table, type Action, type Event, type State} from './input-table.ts';
import {keyOf, kindOf} from './key-sequences.ts';

/** Bytes of a key or report that are kept; a longer one is none that is known. */
const maxSequence = 64;
/** Bytes of a paste; the rest of it is left out. */
export const maxPasteBytes = 65_536;
const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';
/** Esc that needs no waiting for what may follow: Ink knows it from kitty's protocol. */
export const escKey = '\u001b[27u';
/** What is no UTF-8, and controls in two bytes. */
const noCharacter = /[\u0080-\u009f\ufffd]/;

export interface InputEvents {
  /** One key, or one paste between its markers, as Ink's parser takes it. */
  readonly key: (text: string) => void;
  /** The terminal's window got or lost the focus. */
  readonly focus: (isFocused: boolean) => void;
}

export class InputMachine {
  readonly #events: InputEvents;
  readonly #text = new StringDecoder('utf8');
  #state: State = 'ground';
  /** Bytes, one a character. */
  #held = '';
  /** The last bytes of a paste, as many as its end has. */
  #tail = '';

  constructor(events: InputEvents) {
    this.#events = events;
  }

  /** After so long without a byte, ms, `timeout` is due; undefined: never. */
  get gapMs(): number | undefined {
    return table[this.#state].gapMs;
  }

  feed(bytes: Uint8Array): void {
    for (const byte of bytes) this.#handle(classOf(byte), byte);
  }

  /** No byte came for `gapMs`. */
  timeout(): void {
    this.#handle('timeout', 0);
  }

  /** Forgets what has begun. */
  reset(): void {
    this.#state = 'ground';
    this.#held = '';
    this.#tail = '';
    this.#text.end();
  }

  #handle(event: Event, byte: number): void {
    const row = table[this.#state];
    const [action, next] = row[event] ?? row.otherwise;
    this.#state = next;
    const found = this.#perform(action, byte);
    if (found) this.#handle(found, byte);
    else if (action === 'retry') this.#handle(event, byte);
  }

  /** @returns what it found out. */
  #perform(action: Action, byte: number): Event | undefined {
    // A character that was cut off is none.
    if (action !== 'text') this.#text.end();
    const {key, focus} = this.#events;
    const character = String.fromCodePoint(byte);
    switch (action) {
      case 'text':
        this.#type(this.#text.write(Buffer.of(byte)));
        return undefined;
      case 'control':
        key(character);
        return undefined;
      case 'restart':
        this.#held = character;
        return undefined;
      case 'hold':
        this.#hold(character);
        return undefined;
      case 'finish':
        this.#hold(character);
        return this.#kind();
      case 'send':
        key(keyOf(this.#held)!);
        return undefined;
      case 'pressEsc':
        key(escKey);
        return undefined;
      case 'pressEscTwice':
        key(escKey);
        key(escKey);
        return undefined;
      case 'drop':
      case 'retry':
        this.#held = '';
        this.#tail = '';
        return undefined;
      case 'collect':
        this.#held += character;
        if (this.#endsPaste(character)) return 'pasteEnd';
        return this.#held.length === maxPasteBytes + pasteEnd.length ? 'pasteFull' : undefined;
      case 'skip':
        return this.#endsPaste(character) ? 'pasteEnd' : undefined;
      case 'paste':
      case 'pasteFull':
        this.#paste();
        this.#held = '';
        return undefined;
      case 'focusIn':
      case 'focusOut':
        focus(action === 'focusIn');
        return undefined;
    }
  }

  #hold(character: string): void {
    if (this.#held.length < maxSequence) this.#held += character;
  }

  /** A key after another ESC is one with Alt; before anything else that ESC was the key Esc. */
  #kind(): Event {
    if (!this.#held.startsWith('\u001b\u001b')) return kindOf(this.#held);
    this.#held = this.#held.slice(1);
    const kind = kindOf(this.#held);
    if (kind === 'key') return 'altKey';
    this.#events.key(escKey);
    return kind;
  }

  /** Looks at the last bytes alone: the text that is held is joined once, at its end. */
  #endsPaste(character: string): boolean {
    this.#tail = (this.#tail + character).slice(-pasteEnd.length);
    return this.#tail === pasteEnd;
  }

  #type(text: string): void {
    for (const character of text) {
      if (!noCharacter.test(character)) this.#events.key(character);
    }
  }

  #paste(): void {
    const bytes = this.#held.endsWith(pasteEnd)
      ? this.#held.slice(0, -pasteEnd.length)
      : this.#held.slice(0, maxPasteBytes);
    const text = new StringDecoder('utf8').write(Buffer.from(bytes, 'latin1'));
    this.#events.key(`${pasteStart}${text}${pasteEnd}`);
  }
}
