// The whole screen: header, alerts, panes or what is open above them, filter, keys.
import {Box} from 'ink';
import type {ReactNode} from 'react';
import {ThemeContext} from '../hooks/use-theme.ts';
import {paneNames, type PaneName} from '../store/layout.ts';
import type {ScreenState} from '../store/screen-state.ts';
import {documentOf} from '../view-models/document.ts';
import {tooSmall} from '../view-models/header.ts';
import {AlertBanner} from './AlertBanner.tsx';
import {ConnectionPane} from './ConnectionPane.tsx';
import {FilterBar} from './FilterBar.tsx';
import {Footer} from './Footer.tsx';
import {Header} from './Header.tsx';
import {LineRow} from './LineRow.tsx';
import {MessagesPane} from './MessagesPane.tsx';
import {RunsPane} from './RunsPane.tsx';
import {ScrollView} from './ScrollView.tsx';

interface ScreenProps {
  readonly state: ScreenState;
}

export function Screen({state}: ScreenProps): ReactNode {
  const {columns, rows} = state.layout.size;
  return (
    <ThemeContext value={state.theme}>
      {/* As wide as the terminal is now: Ink draws at once when it shrinks, before the state does. */}
      <Box flexDirection="column" height={rows} overflow="hidden">
        {state.layout.kind === 'word' ? (
          <LineRow line={tooSmall(state)} width={columns} />
        ) : (
          <Panes state={state} />
        )}
      </Box>
    </ThemeContext>
  );
}

const panes: Readonly<Record<PaneName, (props: ScreenProps) => ReactNode>> = {
  runs: RunsPane,
  messages: MessagesPane,
  connection: ConnectionPane,
};

function Panes({state}: ScreenProps): ReactNode {
  const {view, layout} = state;
  const document = documentOf(state);
  return (
    <>
      <Header state={state} />
      <AlertBanner state={state} />
      {document ? (
        <ScrollView
          document={document}
          top={view.scrollTop}
          width={layout.body.width}
          height={layout.body.height}
          search={view.search}
        />
      ) : (
        paneNames.map(name => {
          const Pane = panes[name];
          return layout.panes[name].height > 0 && <Pane key={name} state={state} />;
        })
      )}
      <FilterBar state={state} />
      <Footer state={state} />
    </>
  );
}
