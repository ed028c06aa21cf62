/** Sends a signal to a process and all its descendants that stayed in its group; false when none is left. */
export function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-leader, signal);
    return true;
  } catch (error) {
    // EPERM: a member exists that is not ours to signal (macOS says so of zombies too).
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
