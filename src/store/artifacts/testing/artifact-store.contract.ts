import { link, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestBytes, type Digest } from '../../../core/digest.ts';
import { asTowpathError } from '../../../core/errors/towpath-error.ts';
import type { ArtifactStore } from '../artifact-store.ts';

export interface ContractSubject {
  readonly store: ArtifactStore;
  /** Changes the stored bytes of one file of an artifact (`''` for a file artifact), keeping its size. */
  tamper(digest: Digest, file: string): Promise<void>;
  /** Takes one file away behind the store's back. */
  lose(digest: Digest, file: string): Promise<void>;
  close(): Promise<void>;
}

/** What every artifact store must do, wherever it keeps the bytes. */
export function artifactStoreContract(name: string, make: () => Promise<ContractSubject>): void {
  describe(`${name} keeps the contract of artifact stores`, () => {
    let subject: ContractSubject;
    let dir: string;
    const file = async (path: string, content: string | Uint8Array): Promise<string> => {
      const whole = join(dir, path);
      await mkdir(join(whole, '..'), { recursive: true });
      await writeFile(whole, content);
      return whole;
    };

    beforeEach(async () => {
      subject = await make();
      dir = await mkdtemp(join(tmpdir(), 'towpath-contract-'));
    });
    afterEach(async () => {
      await subject.close();
      await rm(dir, { recursive: true, force: true });
    });

    it('names a file by the SHA-256 of its bytes, takes it away from where it was and gives it back', async () => {
      const path = await file('a', 'hello');
      const info = await subject.store.adopt(path, 'text/plain');
      expect(info).toEqual({
        digest: digestBytes('hello'),
        kind: 'file',
        media: 'text/plain',
        bytes: 5,
        files: 1,
      });
      await expect(stat(path)).rejects.toThrow('ENOENT');
      expect(await readFile(await subject.store.open(info.digest), 'utf8')).toBe('hello');
      expect(await subject.store.stat(info.digest)).toEqual(info);
    });

    it('names a folder by what is in it, not by when or in which order it was written', async () => {
      for (const [folder, names] of [
        ['one', ['b', 'a/x', 'a/y']],
        ['two', ['a/y', 'b', 'a/x']],
      ] as const) {
        for (const path of names) await file(`${folder}/${path}`, path);
      }
      const one = await subject.store.adopt(join(dir, 'one'), 'set');
      const two = await subject.store.adopt(join(dir, 'two'), 'set');
      expect(two).toEqual(one);
      expect(one).toMatchObject({ kind: 'folder', bytes: 7, files: 3 });
      expect(await readFile(join(await subject.store.open(one.digest), 'a/x'), 'utf8')).toBe('a/x');
    });

    it('tells folders apart by names, by empty folders and from files', async () => {
      const digests = new Set<Digest>();
      await file('p/a', '1');
      await file('q/b', '1');
      await file('r/a', '1');
      await mkdir(join(dir, 'r/empty'));
      await mkdir(join(dir, 's'));
      for (const path of ['p', 'q', 'r', 's'])
        digests.add((await subject.store.adopt(join(dir, path), 'x')).digest);
      expect(digests.size).toBe(4);
    });

    it('keeps any bytes as they are', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
          const { digest } = await subject.store.put(bytes, 'bytes');
          expect(digest).toBe(digestBytes(bytes));
          expect(new Uint8Array(await readFile(await subject.store.open(digest)))).toEqual(bytes);
        }),
        { numRuns: 15 },
      );
    });

    it('keeps one artifact when the same content comes many times at once', async () => {
      const all = await Promise.all(Array.from({ length: 8 }, () => subject.store.put('same', 'text/plain')));
      expect(new Set(all.map(({ digest }) => digest)).size).toBe(1);
      const listed = [];
      for await (const info of subject.store.list()) listed.push(info.digest);
      expect(listed).toEqual([digestBytes('same')]);
    });

    it('says what is missing', async () => {
      const digest = digestBytes('never kept');
      expect(await subject.store.check(digest)).toBe('missing');
      expect(await subject.store.has(digest)).toBe(false);
      expect(await subject.store.stat(digest)).toBeUndefined();
      await expect(subject.store.open(digest)).rejects.toMatchObject({ code: 'TOW_STORE_ARTIFACT_MISSING' });
    });

    it('finds changed bytes when opened, names the file, and takes the same content again', async () => {
      await file('set/a', 'aaaa');
      await file('set/b', 'bbbb');
      const { digest } = await subject.store.adopt(join(dir, 'set'), 'set');
      await subject.store.open(digest);
      await subject.tamper(digest, 'b');
      const error = await subject.store.open(digest).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'TOW_STORE_ARTIFACT_TAMPERED', data: { file: 'b' } });
      expect(error).toMatchObject({ hint: expect.stringContaining('towpath run') as string });
      expect(await subject.store.has(digest)).toBe(false);
      // Told in the same way by every command that needs it, until it is made anew.
      expect(await subject.store.check(digest)).toBe('damaged');
      for (const ask of [() => subject.store.open(digest), () => subject.store.verify(digest)])
        await expect(ask()).rejects.toMatchObject({ code: 'TOW_STORE_ARTIFACT_TAMPERED' });
      await file('set/a', 'aaaa');
      await file('set/b', 'bbbb');
      expect(await subject.store.adopt(join(dir, 'set'), 'set')).toMatchObject({ digest });
      expect(await readFile(join(await subject.store.open(digest), 'b'), 'utf8')).toBe('bbbb');
    });

    it('goes through every byte when asked, also of what it opened before, and tells how far it is', async () => {
      await file('set/a', 'aaaa');
      await file('set/b', 'bb');
      const info = await subject.store.adopt(join(dir, 'set'), 'set');
      const other = await subject.store.put('other', 'text/plain');
      await subject.store.open(info.digest);
      const read: number[] = [];
      expect(await subject.store.verify(info.digest, { read: (bytes) => read.push(bytes) })).toEqual(info);
      expect(read).toEqual([4, 2]);
      await subject.tamper(info.digest, 'b');
      const states: string[] = [];
      for await (const digest of subject.store.digests()) {
        const state = await subject.store.verify(digest).then(
          () => 'whole',
          (error: unknown) => asTowpathError(error).code,
        );
        states.push(`${digest} ${state}`);
      }
      expect(states.sort()).toEqual(
        [`${info.digest} TOW_STORE_ARTIFACT_TAMPERED`, `${other.digest} whole`].sort(),
      );
    });

    it('finds a lost file on a check and when opened, and adopting the content again mends it', async () => {
      const { digest } = await subject.store.put('precious', 'text/plain');
      await subject.lose(digest, '');
      expect(await subject.store.check(digest)).toBe('damaged');
      await subject.store.put('precious', 'text/plain');
      expect(await subject.store.check(digest)).toBe('present');
      await subject.lose(digest, '');
      await expect(subject.store.open(digest)).rejects.toMatchObject({ code: 'TOW_STORE_ARTIFACT_MISSING' });
    });

    it('refuses links and special files', async () => {
      await file('set/a', 'a');
      await symlink('/etc/passwd', join(dir, 'set/link'));
      await expect(subject.store.adopt(join(dir, 'set'), 'set')).rejects.toMatchObject({
        code: 'TOW_STORE_ARTIFACT_REFUSED',
        message: expect.stringContaining('link') as string,
      });
      await symlink('/etc', join(dir, 'whole'));
      await expect(subject.store.adopt(join(dir, 'whole'), 'set')).rejects.toMatchObject({
        code: 'TOW_STORE_ARTIFACT_REFUSED',
      });
      await mkdir(join(dir, 'pipes'));
      execFileSync('mkfifo', [join(dir, 'pipes/p')]);
      await expect(subject.store.adopt(join(dir, 'pipes'), 'set')).rejects.toMatchObject({
        code: 'TOW_STORE_ARTIFACT_REFUSED',
      });
    });

    it('does not share bytes with a hard link outside', async () => {
      await file('kept', 'original');
      await mkdir(join(dir, 'set'));
      await link(join(dir, 'kept'), join(dir, 'set/a'));
      const { digest } = await subject.store.adopt(join(dir, 'set'), 'set');
      await writeFile(join(dir, 'kept'), 'replaced');
      expect(await readFile(join(await subject.store.open(digest), 'a'), 'utf8')).toBe('original');
      expect(await subject.store.check(digest)).toBe('present');
    });

    it('stops when told to, leaving nothing behind', async () => {
      const path = await file('big', new Uint8Array(1 << 20));
      await expect(subject.store.adopt(path, 'x', { signal: AbortSignal.abort() })).rejects.toThrow();
      for await (const info of subject.store.list()) expect.unreachable(info.digest);
    });
  });
}
