// How much the random and the repeated tests do: the short form in `npm test`, the long one in
// `npm run test:long` (SWFMON_LONG=1). A variable of its own sets one number in either.

export const isLong = process.env['SWFMON_LONG'] === '1';

const size = (variable: string, short: number, long: number): number =>
  Number(process.env[variable] ?? (isLong ? long : short));

/** Simulated shifts, each with a seed of its own. */
export const seeds = size('SWFMON_SEEDS', 20, 200);

/** Hours of each simulated shift. */
export const shiftHours = size('SWFMON_HOURS', 4, 4);

/** Keys that the random walk presses, in all. */
export const presses = size('SWFMON_PRESSES', 2_000, 10_000);

/** Frames with hostile content, at each size of the terminal. */
export const fuzzRuns = size('SWFMON_FUZZ_RUNS', 30, 300);

/** Messages of the flood that the receiver takes: a minute of 50,000 a second in the long form. */
export const floodMessages = isLong ? 3_000_000 : 20_000;

/** @returns how often a property runs that runs `long` times in the long form: a tenth of it. */
export const propertyRuns = (long: number): number => (isLong ? long : Math.ceil(long / 10));
