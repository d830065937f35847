// A line that the operator types into: what to search for, a mark, a name to filter by. While it is
// open, keys are characters.
import {sanitise} from '../wire/sanitise.ts';

export type FieldKind = 'search' | 'mark' | 'add';

export interface Field {
  readonly kind: FieldKind;
  readonly text: string;
}

/** What stands before the text, and what Enter does. */
export const fieldWords: Readonly<
  Record<FieldKind, {readonly label: string; readonly enter: string}>
> = {
  search: {label: '/', enter: 'finds; /…/ is a regular expression'},
  mark: {label: 'mark: ', enter: 'leaves the mark'},
  add: {label: 'ask for: ', enter: 'adds the name'},
};

/** Longest text, in characters. */
const longest = 200;

/** The field after a key; `enter` and `cancel` leave it. */
export function typed(field: Field, key: string): Field | 'enter' | 'cancel' {
  switch (key) {
    case 'return':
      return 'enter';
    case 'escape':
      return 'cancel';
    case 'backspace':
    case 'delete':
      return {...field, text: Array.from(field.text).slice(0, -1).join('')};
    case 'ctrl+u':
      return {...field, text: ''};
    case 'ctrl+w':
      return {...field, text: field.text.replace(/\S*\s*$/, '')};
    case 'space':
      return appended(field, ' ');
    default:
      return Array.from(key).length === 1 ? appended(field, key) : field;
  }
}

/** What was pasted goes in as one line. */
export function appended(field: Field, text: string): Field {
  const line = sanitise(text.replaceAll(/[\r\n\t]+/g, ' '));
  return {
    ...field,
    text: Array.from(field.text + line)
      .slice(0, longest)
      .join(''),
  };
}
