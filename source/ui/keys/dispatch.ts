// What a key means where it is pressed.
import type {Action} from '../store/actions.ts';
import type {View} from '../store/view.ts';
import type {Place, Source} from './key-binding.ts';
import {bindingsOf} from './key-table.ts';

/** What cannot be done here. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly why: string;
}

/** @returns where the keys go in this view. */
export function placeOf({overlay}: View): Place {
  if (overlay === undefined) return 'panes';
  return overlay.kind === 'filter' ? 'sheet' : 'overlay';
}

/** @returns what `key` does in this view, or why it does nothing; undefined: it is not in the table. */
export function actionFor(
  key: string,
  view: View,
  source: Source = 'live',
): Action | Refusal | undefined {
  const place = placeOf(view);
  const binding = bindingsOf(source).find(
    ({keys, where}) => keys.includes(key) && where.includes(place),
  );
  if (!binding) return undefined;
  const {action, notInReplay} = binding;
  if (source === 'replay' && notInReplay !== undefined) return {kind: 'refusal', why: notInReplay};
  return typeof action === 'function' ? action(key) : action;
}
