// The shells that the completions are for.

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];
