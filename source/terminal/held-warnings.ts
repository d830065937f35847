// Node's own warnings would be written across the screen: they wait until it is given back.

/** Answers what prints those that came, and lets further ones through. */
export function holdWarnings(stderr: {readonly write: (text: string) => unknown}): () => void {
  const usual = process.listeners('warning');
  const held: string[] = [];
  const hold = ({name, message}: Error) => {
    const text = `swfmon: ${name}: ${message}\n`;
    if (held.length < 20 && !held.includes(text)) held.push(text);
  };
  process.removeAllListeners('warning');
  process.on('warning', hold);
  return () => {
    process.off('warning', hold);
    for (const listener of usual) process.on('warning', listener);
    for (const text of held) stderr.write(text);
  };
}
