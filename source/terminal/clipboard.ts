// The operator's clipboard, over SSH and through tmux: the terminal is asked to take the text
// (OSC 52). Nothing answers, so nobody can know whether it did.

/** Terminals drop more than this, in characters of base64. */
const most = 74_994;

/** Who is asked, in words. */
export const clipboardOf = (isTmux: boolean): string =>
  isTmux ? 'tmux (if set-clipboard is on)' : 'the terminal';

/** Answers why it cannot be copied; undefined when the terminal was asked. */
export function copyToClipboard(
  terminal: {readonly write: (text: string) => unknown},
  text: string,
  isTmux: boolean,
): string | undefined {
  const encoded = Buffer.from(text).toString('base64');
  if (encoded.length > most) {
    const size = Math.ceil(Buffer.byteLength(text) / 1000);
    return `${size} kB is more than terminals take; w writes it to a file`;
  }
  const ask = `\u001b]52;c;${encoded}\u0007`;
  // tmux takes it by itself where set-clipboard is on, or hands it on where passing through is allowed.
  const through = `\u001bPtmux;\u001b${ask}\u001b\\`;
  terminal.write(isTmux ? ask + through : ask);
  return undefined;
}
