// Text in a tone: what is searched for stands out of it, and a terminal of ASCII gets ASCII.
import {Text} from 'ink';
import {describe, expect, it} from 'vitest';
import {Styled, type StyledProps} from '../../source/ui/components/Styled.tsx';
import {searchFor} from '../../source/ui/store/search.ts';
import {makeTheme} from '../../source/ui/theme.ts';
import {ascii, Drawn} from './drawn.tsx';

const styled = (props: StyledProps) => (
  <Text>
    <Styled {...props} />
  </Text>
);

describe('styled text', () => {
  it('looks as its tone', async () => {
    const drawn = new Drawn(styled({tone: 'warn', children: 'late'}));
    expect(await drawn.looks()).toBe('      yellow «late»');
    expect(await drawn.again(styled({tone: 'bad', children: 'late'})).looks()).toBe(
      '      bold red «late»',
    );
  });

  it('is plain without a tone', async () => {
    expect(await new Drawn(styled({children: 'late'})).looks()).toBe('');
  });

  it('keeps what is no colour where there are none', async () => {
    const drawn = new Drawn(
      styled({tone: 'bad', children: 'gone'}),
      makeTheme({hasColour: false, isAscii: false}),
    );
    expect(await drawn.looks()).toBe('      bold «gone»');
  });

  it('marks each place where the search finds it, and keeps its tone beside them', async () => {
    const drawn = new Drawn(
      styled({tone: 'warn', search: searchFor('an'), children: 'banana fan'}),
    );
    expect(drawn.text).toBe('banana fan');
    expect(await drawn.looks()).toBe(
      '      yellow «b»  bold inverse «anan»  yellow «a f»  bold inverse «an»',
    );
    expect(
      await drawn
        .again(styled({tone: 'warn', search: searchFor('x'), children: 'banana fan'}))
        .looks(),
    ).toBe('      yellow «banana fan»');
  });

  it.each([
    ['half of a letter with its accent', 'cafe\u0301 bar', 'e'],
    ['half of a syllable', '\u1112\u1161\u11ab', '\u1112'],
    ['one of two wide characters', '漢字漢字', '字'],
  ])('is as it was where %s is found', (_, text, query) => {
    const plain = new Drawn(styled({children: text})).text;
    expect(new Drawn(styled({search: searchFor(query), children: text})).text).toBe(plain);
  });

  it('is ASCII in as many columns where the terminal has no more', () => {
    expect(new Drawn(styled({children: '3 → 4 · 漢é'}), ascii).text).toBe('3 > 4 | ???');
  });

  it('is searched for what came, not for what ASCII makes of it', async () => {
    const found = styled({search: searchFor('é'), children: 'caf\u00e9?'});
    const drawn = new Drawn(found, ascii);
    expect(drawn.text).toBe('caf??');
    expect(await drawn.looks()).toBe('      bold inverse «?»');
  });
});
