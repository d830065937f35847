// What a key means where it is pressed.
import type {Intent} from './intent.ts';
import {keyTable, type Place} from './key-table.ts';
import type {View} from './view.ts';

/** Where the keys go in this view. */
export function placeOf({overlay}: View): Place {
  if (overlay === undefined) return 'panes';
  return overlay.kind === 'filter' ? 'sheet' : 'overlay';
}

/** What `key` means in this view; undefined when nothing. */
export function intentFor(key: string, view: View): Intent | undefined {
  const place = placeOf(view);
  const binding = keyTable.find(({keys, where}) => keys.includes(key) && where.includes(place));
  if (!binding) return undefined;
  return typeof binding.intent === 'function' ? binding.intent(key) : binding.intent;
}
