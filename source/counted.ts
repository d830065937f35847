// Numbers with what they count, in words.

/** `1 message`, `2 messages`. */
export const counted = (count: number, thing: string): string =>
  `${count} ${thing}${count === 1 ? '' : 's'}`;
