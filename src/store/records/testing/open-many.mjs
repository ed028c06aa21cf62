import { performance } from 'node:perf_hooks';
// Opens the database of argv[2] through the compiled store, promotes argv[3] times and closes.
const { openRecords } = await import(new URL('../../../../dist/store/records/open.js', import.meta.url).href);
const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const records = await openRecords({ path: process.argv[2], clock });
for (let i = 0; i < Number(process.argv[3]); i += 1) {
  const manifest = String(process.pid).padStart(32, '0') + String(i).padStart(32, '0');
  const { name } = await records.releases.create({ manifest, createdBy: 'test' });
  await records.releases.promote({
    release: name,
    action: 'promote',
    actor: String(process.pid),
    reason: 'test',
  });
}
await records.close();
