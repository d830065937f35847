// The app on a terminal: Ink draws what has changed, and all of it again where the terminal may
// show something else than Ink has drawn.
import {render, type Instance, type RenderOptions} from 'ink';
import type {ReactElement} from 'react';

const clean = '\u001b[0m\u001b[H\u001b[J';

export interface DrawnApp {
  readonly instance: Instance;
  /** Draws all of it anew, whatever something else has written there. */
  readonly repaint: () => void;
}

export function drawApp(
  app: ReactElement,
  stdout: NodeJS.WriteStream,
  options: RenderOptions = {},
): DrawnApp {
  const instance = render(app, {
    stdout,
    alternateScreen: true,
    interactive: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    maxFps: 30,
    ...options,
  });
  // Another size cuts, moves or uncovers what was drawn; Ink's own listener then draws.
  stdout.prependListener('resize', () => instance.clear());
  return {
    instance,
    repaint() {
      stdout.write(clean);
      instance.clear();
      instance.rerender(app);
    },
  };
}
