// A line across the messages: a gap, missing STFs or a mark.
import type {ReactNode} from 'react';
import {useTheme} from '../hooks/use-theme.ts';
import type {Search} from '../store/search.ts';
import {cut, widthOf} from '../text.ts';
import {LineRow} from './LineRow.tsx';

export interface SeparatorRowProps {
  readonly words: string;
  readonly hasCursor: boolean;
  /** Columns. */
  readonly width: number;
  readonly search: Search | undefined;
}

export function SeparatorRow({words, hasCursor, width, search}: SeparatorRowProps): ReactNode {
  const {glyphs} = useTheme();
  const text = cut(`${glyphs.gap.repeat(3)} ${words} `, width - 2);
  const rule = glyphs.gap.repeat(Math.max(0, width - 2 - widthOf(text)));
  return (
    <LineRow
      line={[[`${hasCursor ? glyphs.cursor : ' '} `], [text, 'warn'], [rule, 'warn']]}
      width={width}
      search={search}
    />
  );
}
