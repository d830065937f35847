// Which complete escape sequences are keys, and what Ink is given for each. Everything else that begins
// with ESC is an answer or a report of the terminal, or a key with Alt, and nothing is done with it.

/** Bits of a modifier parameter less one, in xterm's and kitty's encoding. */
const shift = 1;
const ctrl = 4;
/** Caps Lock and Num Lock, which kitty's protocol reports too. */
const locks = 64 + 128;

/** The modifiers and, after a colon, kitty's event type. */
const modifiers = String.raw`(?<modifiers>\d{1,3})(?::(?<event>\d))?`;

/** Forms of keys; Shift is allowed with all of them. */
const specialKeys = [
  // xterm, VTE, tmux: arrows, keypad 5, End, Home, F1, F2, F4. `CSI R` is F3 and a cursor report: neither.
  new RegExp(String.raw`^\u001b\[(?:1;${modifiers})?[A-FHPQS]$`),
  // The same in application mode, F3, and Enter of the keypad; with modifiers as Konsole sends them.
  new RegExp(String.raw`^\u001bO(?:1;)?(?:${modifiers})?[A-FHMP-S]$`),
  // VT220: Home, Insert, Delete, End, Page Up and Down, rxvt's Home and End; F1 to F12.
  new RegExp(String.raw`^\u001b\[(?:[1-8]|1[1-57-9]|2[0134])(?:;${modifiers})?~$`),
  // Shift-Tab.
  new RegExp(String.raw`^\u001b\[(?:1;${modifiers})?Z$`),
  // rxvt with Shift; its forms for Ctrl end in ^ and @.
  /^\u001b\[(?:[a-e]|[235678]\$)$/,
  // The Linux console's F1 to F5; PuTTY's Page Up and Down.
  /^\u001b\[\[(?:[A-E]|[56]~)$/,
  // Esc in kitty's protocol, which a program that crashed may have left on.
  new RegExp(String.raw`^\u001b\[27(?:;${modifiers})?u$`),
];

/** Ctrl and a letter in kitty's protocol, and as xterm's modifyOtherKeys. */
const ctrlLetters = [
  new RegExp(String.raw`^\u001b\[(?<letter>\d{2,3})(?::[\d:]{1,20})?;${modifiers}u$`),
  new RegExp(String.raw`^\u001b\[27;${modifiers};(?<letter>\d{2,3})~$`),
];

export type SequenceKind = 'key' | 'pasteStart' | 'focusIn' | 'focusOut' | 'report';

const markers: ReadonlyMap<string, SequenceKind> = new Map([
  ['\u001b[200~', 'pasteStart'],
  ['\u001b[I', 'focusIn'],
  ['\u001b[O', 'focusOut'],
]);

/** @param sequence complete, from its one ESC to its final byte. */
export function kindOf(sequence: string): SequenceKind {
  return markers.get(sequence) ?? (keyOf(sequence) === undefined ? 'report' : 'key');
}

/** @returns what Ink is given for the key; undefined when the sequence is none. */
export function keyOf(sequence: string): string | undefined {
  for (const pattern of specialKeys) {
    const match = pattern.exec(sequence);
    if (match) return isPressed(match.groups, [0, shift]) ? sequence : undefined;
  }
  for (const pattern of ctrlLetters) {
    const match = pattern.exec(sequence);
    const letter = Number(match?.groups?.['letter']);
    if (match && letter >= 97 && letter <= 122 && isPressed(match.groups, [ctrl])) {
      return String.fromCodePoint(letter - 96);
    }
  }
  return undefined;
}

/** Whether it is a press or a repeat, no release, with one of these sets of modifiers. */
function isPressed(
  groups: Readonly<Record<string, string | undefined>> | undefined,
  allowed: readonly number[],
): boolean {
  const {modifiers = '1', event = '1'} = groups ?? {};
  return (event === '1' || event === '2') && allowed.includes((Number(modifiers) - 1) & ~locks);
}
