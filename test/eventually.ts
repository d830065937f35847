// Waits for a condition without measuring time: tests say what must come true, not when.

/** Retries `check` every 10 ms until it does not throw; then gives up with its last error. */
export async function eventually(
  check: () => void | Promise<void>,
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() >= deadline) throw error;
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
