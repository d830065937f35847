// Text as one word of a shell.

/** For bash and zsh. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** For fish, whose single quotes know the backslash. */
export const quoteFish = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;
