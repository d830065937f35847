// The line that the operator types into: what to search for, a mark, a name to filter by. While it
// is open, keys are characters.
import {sanitise} from '../../wire/sanitise.ts';

export type InputKind = 'search' | 'mark' | 'add';

export interface TextInput {
  readonly kind: InputKind;
  readonly text: string;
}

/** What stands before the text, and what Enter does. */
export const inputWords: Readonly<
  Record<InputKind, {readonly label: string; readonly enter: string}>
> = {
  search: {label: '/', enter: 'finds; /…/ is a regular expression'},
  mark: {label: 'mark: ', enter: 'leaves the mark'},
  add: {label: 'ask for: ', enter: 'adds the name'},
};

/** In characters. */
const maxLength = 200;

/** @returns the input after a key; `enter` and `cancel` close it. */
export function typeKey(input: TextInput, key: string): TextInput | 'enter' | 'cancel' {
  switch (key) {
    case 'return':
      return 'enter';
    case 'escape':
      return 'cancel';
    case 'backspace':
    case 'delete':
      return {...input, text: Array.from(input.text).slice(0, -1).join('')};
    case 'ctrl+u':
      return {...input, text: ''};
    case 'ctrl+w':
      return {...input, text: input.text.replace(/\S*\s*$/, '')};
    case 'space':
      return appendText(input, ' ');
    default:
      return Array.from(key).length === 1 ? appendText(input, key) : input;
  }
}

/** What was pasted goes in as one line. */
export function appendText(input: TextInput, text: string): TextInput {
  const line = sanitise(text.replaceAll(/[\r\n\t]+/g, ' '));
  return {
    ...input,
    text: Array.from(input.text + line)
      .slice(0, maxLength)
      .join(''),
  };
}
