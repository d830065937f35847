// A document that is longer than its place: a title that says how much is below, and the lines from
// `top` on.
import {Box} from 'ink';
import {memo, type ReactNode} from 'react';
import type {Search} from '../store/search.ts';
import type {Line} from '../text.ts';
import {documentIndent, type Document} from '../view-models/document.ts';
import {LineRow} from './LineRow.tsx';
import {PaneTitle} from './PaneTitle.tsx';

export interface ScrollViewProps {
  readonly document: Document;
  /** First line in sight, where no cursor wants another. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly search: Search | undefined;
}

export function ScrollView({document, top, width, height, search}: ScrollViewProps): ReactNode {
  const {title, lines, cursorLine} = document;
  const rows = Math.max(0, height - 1);
  const wanted = cursorLine === undefined ? top : cursorLine - Math.floor(rows / 2);
  const first = Math.max(0, Math.min(wanted, lines.length - rows));
  const below = lines.length - first - rows;
  const remark = below > 0 ? `${below} more ${below === 1 ? 'line' : 'lines'} below` : '';
  return (
    <Box flexDirection="column" height={height} flexShrink={0}>
      <PaneTitle name={title} remark={remark} isFocused width={width} />
      <Box flexDirection="column" height={rows} overflow="hidden" contentOffsetY={first}>
        <Lines lines={lines} width={width} search={search} />
      </Box>
    </Box>
  );
}

interface LinesProps {
  readonly lines: readonly Line[];
  readonly width: number;
  readonly search: Search | undefined;
}

const Lines = memo(function Lines({lines, width, search}: LinesProps): ReactNode {
  return (
    <Box flexDirection="column" flexShrink={0} marginLeft={documentIndent}>
      {lines.map((line, index) => (
        <LineRow key={index} line={line} width={width - documentIndent} search={search} />
      ))}
    </Box>
  );
});
