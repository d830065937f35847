// A bar is as long as its share, and always as long as its place.
import {Text} from 'ink';
import {describe, expect, it} from 'vitest';
import {ProgressBar} from '../../source/ui/components/ProgressBar.tsx';
import {ascii, Drawn} from './drawn.tsx';

const bar = (share: number) => (
  <Text>
    [<ProgressBar share={share} columns={8} tone="good" />]
  </Text>
);

describe('a progress bar', () => {
  it.each([
    [0, '[░░░░░░░░]'],
    [0.12, '[░░░░░░░░]'],
    [0.125, '[█░░░░░░░]'],
    [0.999, '[███████░]'],
    [1, '[████████]'],
    [1.7, '[████████]'],
    [-0.5, '[░░░░░░░░]'],
  ])('of a share of %d', (share, shown) => {
    expect(new Drawn(bar(share)).text).toBe(shown);
  });

  it('grows', () => {
    const drawn = new Drawn(bar(0.25));
    expect(drawn.text).toBe('[██░░░░░░]');
    expect(drawn.again(bar(0.5)).text).toBe('[████░░░░]');
  });

  it('has its tone where it is full, and is dim where it is not', async () => {
    expect(await new Drawn(bar(0.5)).looks()).toContain('green «████»  dim «░░░░»');
  });

  it('reads in ASCII too', () => {
    expect(new Drawn(bar(0.5), ascii).text).toBe('[####....]');
  });
});
