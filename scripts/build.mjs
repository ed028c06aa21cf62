// Builds dist/: compiles the program and, meanwhile, packs its page; says on standard error how far it is.
//   node scripts/build.mjs
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { texts } from './build-texts.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const started = performance.now();

function seconds() {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

/** One line that is written over on a terminal; elsewhere a line every two seconds, so that a log stays short. */
function progress(text) {
  const now = performance.now();
  if (now - shownAt < (process.stderr.isTTY ? 100 : 2000)) return;
  shownAt = now;
  process.stderr.write(process.stderr.isTTY ? `\r  ${text}\x1b[K` : `  ${text}\n`);
}
let shownAt = -Infinity;

function say(text) {
  process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[K' : ''}${text}\n`);
}

function packConsole() {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--config', 'console/vite.config.ts', '--logLevel', 'warn'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) say(`✓ ${texts.packed(seconds())}`);
      resolve(code === 0);
    });
  });
}

/** Compiles what changed since the last build, file by file. */
async function compile() {
  progress(texts.reading());
  const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.build.json'), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => report([diagnostic]),
  });
  if (config === undefined) return false;
  const builder = ts.createIncrementalProgram({
    rootNames: config.fileNames,
    options: config.options,
    configFileParsingDiagnostics: config.errors,
    createProgram: ts.createEmitAndSemanticDiagnosticsBuilderProgram,
  });
  const own = new Set(
    builder.getSourceFiles().filter(({ fileName }) => !fileName.includes('/node_modules/')),
  );
  const found = [...builder.getConfigFileParsingDiagnostics(), ...builder.getSyntacticDiagnostics()];
  const done = new Set();
  for (;;) {
    const next = builder.getSemanticDiagnosticsOfNextAffectedFile();
    if (next === undefined) break;
    found.push(...next.result);
    if (own.has(next.affected)) done.add(next.affected);
    progress(texts.compiling(done.size, own.size));
    // Lets the other half of the build say that it is done.
    await turn();
  }
  found.push(...builder.getOptionsDiagnostics(), ...builder.getGlobalDiagnostics());
  if (found.length > 0) return report(found);
  progress(texts.writing());
  const { diagnostics } = builder.emit();
  if (diagnostics.length > 0) return report(diagnostics);
  removeStale(config.fileNames);
  say(`✓ ${texts.compiled(done.size, own.size, seconds())}`);
  return true;
}

function report(diagnostics) {
  say(
    ts.formatDiagnosticsWithColorAndContext(diagnostics, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => root,
      getNewLine: () => '\n',
    }),
  );
  return false;
}

/** What an earlier build made of a file that is no longer there would be shipped, and found by those who look. */
function removeStale(sources) {
  const src = join(root, 'src');
  const wanted = new Set(
    sources.map((file) => relative(src, file).split(sep).join('/').replace(/\.ts$/, '.js')),
  );
  const dist = join(root, 'dist');
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(dist, path).split(sep).join('/');
    if (name.endsWith('.js') && !name.startsWith('console/') && !wanted.has(name)) rmSync(path);
  }
}

if (!existsSync(join(root, 'node_modules/vite'))) say(texts.noPackages());
const before = existsSync(join(root, 'dist/.tsbuildinfo'));
say(before ? texts.again() : texts.firstTime());
const results = await Promise.all([packConsole(), compile()]);
process.exitCode = results.every(Boolean) ? 0 : 1;
