/** Commands and blocks that no test runs, each with the reason. Anything else that does not run is a failure. */
export const notRun: readonly { readonly text: string | RegExp; readonly reason: string }[] = [
  {
    text: 'npm ci && npm test',
    reason: 'these are the tests themselves; .ci/run runs them from a clean checkout',
  },
  { text: /^ssh -L /, reason: 'needs a second machine with an SSH server' },
  {
    text: /^cp -a .*\.towpath/,
    reason: 'may be done only while nothing runs; the tests of the store copy and restore a backup so',
  },
  {
    text: /^\{"firstRun"/,
    reason: 'is told only while a first run goes on; the tests of the gateway see it',
  },
  {
    text: /^~ (?:r\d+ is live though|上线的是 r\d+)/,
    reason: 'is told at a start after a rollback; the tests of `up` see it',
  },
  { text: /^\[Service\]/, reason: 'needs systemd as the first process' },
];

export function reasonNotToRun(text: string): string | undefined {
  return notRun.find((each) => (typeof each.text === 'string' ? each.text === text : each.text.test(text)))
    ?.reason;
}
