// A document that is longer than its place: a title that says how much is below, and the lines from
// `top` on.
import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {Search} from '../store/search.ts';
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
      {/* A message can have thousands of lines: Ink would lay out all of them for every frame. */}
      <Box flexDirection="column" marginLeft={documentIndent}>
        {lines.slice(first, first + rows).map((line, index) => (
          <LineRow key={first + index} line={line} width={width - documentIndent} search={search} />
        ))}
      </Box>
    </Box>
  );
}
