// What a key can ask for. The first group changes the view alone; the second leaves the screen.

export type ViewIntent =
  | {readonly kind: 'move'; readonly by: number; readonly unit: 'row' | 'page' | 'all'}
  | {readonly kind: 'focus'; readonly by: 1 | -1}
  | {readonly kind: 'open'}
  | {readonly kind: 'back'}
  | {readonly kind: 'help'}
  | {readonly kind: 'alerts'}
  | {readonly kind: 'toggle-bell'}
  | {readonly kind: 'toggle-pause'}
  | {readonly kind: 'toggle-zoom'}
  | {readonly kind: 'toggle-scope'}
  | {readonly kind: 'toggle-lifecycle'}
  | {readonly kind: 'next-time'};

export type OutwardIntent =
  /** The type on the number key `index + 1`. */
  | {readonly kind: 'toggle-type'; readonly index: number}
  | {readonly kind: 'clear-filter'}
  | {readonly kind: 'acknowledge'}
  | {readonly kind: 'copy'}
  | {readonly kind: 'write'}
  | {readonly kind: 'reconnect'}
  | {readonly kind: 'repaint'}
  | {readonly kind: 'quit'};

export type Intent = ViewIntent | OutwardIntent;
