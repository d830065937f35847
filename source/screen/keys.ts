// What a key means where it is pressed.
import type {Intent} from './intent.ts';
import type {Place, Show} from './key-binding.ts';
import {bindingsOf} from './key-table.ts';
import type {View} from './view.ts';

/** Where the keys go in this view. */
export function placeOf({overlay}: View): Place {
  if (overlay === undefined) return 'panes';
  return overlay.kind === 'filter' ? 'sheet' : 'overlay';
}

/** What `key` means in this view, or why it means nothing; undefined when it is not in the table. */
export function intentFor(
  key: string,
  view: View,
  show: Show = 'live',
): Intent | Refusal | undefined {
  const place = placeOf(view);
  const binding = bindingsOf(show).find(
    ({keys, where}) => keys.includes(key) && where.includes(place),
  );
  if (!binding) return undefined;
  const {intent, notInReplay} = binding;
  if (show === 'replay' && notInReplay !== undefined) return {kind: 'refusal', why: notInReplay};
  return typeof intent === 'function' ? intent(key) : intent;
}

/** What cannot be asked for here. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly why: string;
}
