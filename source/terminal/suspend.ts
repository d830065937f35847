// Ctrl-Z: the shell takes over, the program stands still, and comes back with `fg`.

/** A process that cannot be stopped (no shell to go back to) goes on after this, ms. */
const patience = 300;

/** Resolves when the process goes on. */
export function standStill(): Promise<void> {
  return new Promise<void>(resolve => {
    // Time stands still while the process does: the timer is due soon after it goes on.
    const timer = setTimeout(resolve, patience);
    process.once('SIGCONT', () => {
      clearTimeout(timer);
      resolve();
    });
    // The whole foreground job, so that the shell takes over from a runner in between too.
    process.kill(0, 'SIGTSTP');
  });
}
