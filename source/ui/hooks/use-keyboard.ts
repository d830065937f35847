// The keyboard, as Ink reports it: keys one by one, what is pasted as a whole.
import {useInput, usePaste, type Key} from 'ink';
import type {ScreenStore} from '../store/screen-store.ts';

export function useKeyboard(store: Pick<ScreenStore, 'press' | 'paste'>): void {
  useInput((input, key) => {
    for (const name of keyNames(input, key)) store.press(name);
  });
  usePaste(text => store.paste(text));
}

const named = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'return'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[];

/**
 * @returns the names of the keys in one piece of input, in which a slow line can deliver several:
 * `a`, `G`, `space`, `up`, `shift+tab`, `ctrl+r`.
 */
export function keyNames(input: string, key: Key): readonly string[] {
  if (key.tab) return [key.shift ? 'shift+tab' : 'tab'];
  const special = named.find(([flag]) => key[flag]);
  if (special) return [special[1]];
  if (key.ctrl) return [`ctrl+${input}`];
  return Array.from(input, character => characterName(character));
}

function characterName(character: string): string {
  if (character === ' ') return 'space';
  if (character === '\r' || character === '\n') return 'return';
  if (character === '\t') return 'tab';
  return character;
}
