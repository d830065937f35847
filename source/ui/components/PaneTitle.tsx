// `─ Runs ── 2 active ──────`: a pane's name and remark on a rule; bold behind a cursor when focused.
import type {ReactNode} from 'react';
import {useTheme} from '../hooks/use-theme.ts';
import {cut, widthOf, type Line} from '../text.ts';
import {LineRow} from './LineRow.tsx';

export interface PaneTitleProps {
  readonly name: string;
  readonly remark: string;
  readonly isFocused: boolean;
  /** Columns. */
  readonly width: number;
}

export function PaneTitle({name, remark, isFocused, width}: PaneTitleProps): ReactNode {
  const {glyphs} = useTheme();
  const lead = ` ${name} `;
  const shown = cut(remark, width - widthOf(name) - 8);
  const note = shown === '' ? '' : `${glyphs.rule} ${shown} `;
  const line: Line = [
    [`${isFocused ? glyphs.cursor : glyphs.rule}${lead}`, isFocused ? 'strong' : 'dim'],
    [note, 'dim'],
    [glyphs.rule.repeat(Math.max(0, width - 1 - widthOf(lead + note))), 'dim'],
  ];
  return <LineRow line={line} width={width} />;
}
