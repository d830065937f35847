import {defineConfig} from 'vitest/config';
import {isLong} from './test/sizes.ts';

/** Tests that change or measure the whole process: each file has one to itself. */
const alone = [
  'test/http/connection.test.ts', // Watches every socket's `connect`.
  'test/http/proxy-choice.test.ts', // Changes the environment.
  'test/simulation/day.test.ts', // Measures the heap.
  'test/ui/shift.test.ts', // Likewise.
];

// A timeout asserts nothing: it ends a test that hangs, on a machine however busy.
const timeout = isLong ? 3_600_000 : 180_000;

export default defineConfig({
  test: {
    // Real sockets and a real terminal share two cores: few at a time, none starved.
    maxWorkers: 2,
    testTimeout: timeout,
    hookTimeout: timeout,
    projects: [
      {
        extends: true,
        // Ink, React and the layout engine load once a worker, not once a file.
        test: {
          name: 'shared',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: alone,
          isolate: false,
        },
      },
      {extends: true, test: {name: 'alone', include: alone}},
    ],
  },
});
