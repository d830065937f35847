// The last line: what the last key could not do, or which keys there are.
import {keyTable} from '../keys.ts';
import {row, type Segment} from '../row.ts';
import type {Pane} from './pane.ts';

export const footer: Pane = ({view, theme}, {width}) => {
  const {styles} = theme;
  if (view.notice !== undefined) return [row([[` ${view.notice}`, styles.warn]], width, theme)];
  const place = view.overlay === undefined ? 'panes' : 'overlay';
  const hints = keyTable
    .filter(({hint, where}) => hint !== undefined && (where === 'everywhere' || where === place))
    .flatMap(({hint = ''}): readonly Segment[] => {
      const [key = '', word = ''] = hint.split(' ');
      return [
        [` ${key}`, styles.key],
        [` ${word} `, styles.dim],
      ];
    });
  return [row(hints, width, theme)];
};
