// A share of something as a bar inside a row of text.
import type {ReactNode} from 'react';
import {useTheme} from '../hooks/use-theme.ts';
import type {Tone} from '../text.ts';
import {Styled} from './Styled.tsx';

export interface ProgressBarProps {
  /** 0 to 1; less is empty, more is full. */
  readonly share: number;
  readonly columns: number;
  readonly tone: Tone;
}

export function ProgressBar({share, columns, tone}: ProgressBarProps): ReactNode {
  const {glyphs} = useTheme();
  const full = Math.floor(Math.max(0, Math.min(1, share)) * columns);
  return (
    <>
      <Styled tone={tone}>{glyphs.barFull.repeat(full)}</Styled>
      <Styled tone="dim">{glyphs.barEmpty.repeat(columns - full)}</Styled>
    </>
  );
}
