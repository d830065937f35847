// A component as Ink draws it on a terminal of 100 columns, and as a person sees it.
import {stripVTControlCharacters} from 'node:util';
import {Box} from 'ink';
import {render} from 'ink-testing-library';
import type {ComponentType, ReactElement} from 'react';
import {onTestFinished, vi} from 'vitest';
import {showRows} from '../../scripts/terminal-screen.ts';
import {ThemeContext} from '../../source/ui/hooks/use-theme.ts';
import {makeTheme, setColourDepth, type Theme} from '../../source/ui/theme.ts';
import type {ScreenState} from '../../source/ui/store/screen-state.ts';
import {Session, type SessionOptions} from './session.ts';
import {styledText} from './styled-text.ts';

export const columns = 100;

const utf8 = makeTheme({hasColour: true, isAscii: false});
export const ascii = makeTheme({hasColour: true, isAscii: true});

export class Drawn {
  readonly #app: ReturnType<typeof render>;
  readonly #theme: Theme;

  constructor(element: ReactElement, theme = utf8) {
    setColourDepth(1);
    // The library's terminal has no height: Ink would run `tput` for it at every frame.
    vi.stubEnv('COLUMNS', String(columns));
    vi.stubEnv('LINES', '30');
    this.#theme = theme;
    this.#app = render(this.#themed(element));
    onTestFinished(() => {
      this.#app.unmount();
      vi.unstubAllEnvs();
    });
  }

  /** The same component with other props. */
  again(element: ReactElement): this {
    this.#app.rerender(this.#themed(element));
    return this;
  }

  end(): void {
    this.#app.unmount();
  }

  /** What is typed: bytes, as a terminal sends them. */
  type(bytes: string): this {
    this.#app.stdin.write(bytes);
    return this;
  }

  /** Rows without styles, without the blanks at their ends. */
  get rows(): readonly string[] {
    return this.#styled.map(row => stripVTControlCharacters(row).trimEnd());
  }

  get text(): string {
    return this.rows.join('\n');
  }

  /** What is not plain, with its looks: `bold red «▲ 19:19:03 …»`. */
  async looks(): Promise<string> {
    const rows = this.#styled;
    const text = styledText(await showRows(rows, {columns, rows: rows.length}));
    return text
      .split('\n')
      .filter(line => line.startsWith('      '))
      .join('\n');
  }

  get #styled(): readonly string[] {
    return (this.#app.lastFrame() ?? '').split('\n');
  }

  #themed(element: ReactElement): ReactElement {
    return <ThemeContext value={this.#theme}>{element}</ThemeContext>;
  }
}

/** A session on a terminal as wide as the one that components are drawn on. */
export const sessionHere = (options: SessionOptions = {}): Session =>
  new Session({size: {columns, rows: 30}, hasColour: true, ...options});

/** A part of the screen, drawn from a session's state as it is now. */
export class DrawnPart extends Drawn {
  readonly #session: Session;
  readonly #Part: Part;

  constructor(session: Session, Part: Part) {
    super(placed(Part, session), session.theme);
    this.#session = session;
    this.#Part = Part;
  }

  /** Drawn again, from the state as it is by now. */
  now(): this {
    return this.again(placed(this.#Part, this.#session));
  }
}

type Part = ComponentType<{readonly state: ScreenState}>;

/** As on a screen of the session's size. */
function placed(Part: Part, {store, size}: Session): ReactElement {
  return (
    <Box flexDirection="column" width={size.columns}>
      <Part state={store.getState()} />
    </Box>
  );
}
